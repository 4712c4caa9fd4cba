"""Self-assessments of areas: their steps, and the measures that their gaps open."""
