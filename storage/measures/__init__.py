"""Corrective measures: their steps, who is told of them, and who is told what was done."""
