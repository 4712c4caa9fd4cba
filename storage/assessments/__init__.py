"""Self-assessments of areas, the measures that their gaps open, and questions to staff."""
