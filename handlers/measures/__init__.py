"""Corrective measures: from a signal, or a person, to a decision and its measured effect."""
