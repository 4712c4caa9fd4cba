"""Reading a grade out of a text."""
