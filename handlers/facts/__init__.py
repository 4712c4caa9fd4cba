"""What turns record, by subject."""
