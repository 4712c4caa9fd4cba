"""Backups, attachments and the retention periods."""
