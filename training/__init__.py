"""Trains the small models that the assistant listens with; needs the development extra."""
