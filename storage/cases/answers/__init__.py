"""Answers of staff: begun from templates, written, and what became of them on their way."""
