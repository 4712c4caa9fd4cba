"""A service full of made-up work."""
