"""Hears which acts a text holds, with a small linear model."""
