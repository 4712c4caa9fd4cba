"""What stands in the conversations of staff."""
