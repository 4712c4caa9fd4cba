"""The evidence of the quality policy, as PDF and as spreadsheet."""
