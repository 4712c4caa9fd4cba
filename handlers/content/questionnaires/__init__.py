"""Questionnaires as content."""
