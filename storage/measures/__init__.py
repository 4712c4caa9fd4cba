"""Corrective measures: their steps, warnings to staff, and news to citizens."""
