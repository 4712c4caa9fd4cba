"""What the content does not know yet, out in a sheet and in again."""
