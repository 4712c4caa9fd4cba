"""Grades: where one is asked for, and where nothing asked for it."""
