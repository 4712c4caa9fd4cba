"""Gaps of the content: exported to a spreadsheet, filled in by areas, read back."""
