"""Honest figures: intervals, suppression and the weekly digest's numbers."""
