"""Recognises acts in a text with a small linear model."""
