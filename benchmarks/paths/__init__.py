"""Benchmarks of what the service does: a message, a digest, a page, a search, its memory."""
