"""State of the conversations of staff."""
