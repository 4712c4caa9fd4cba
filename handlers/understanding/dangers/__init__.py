"""Danger: what tells it, how surely, and what is urgent in a case."""
