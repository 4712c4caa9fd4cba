"""Self-assessments of areas: scores and evidence by criterion, validation, and gaps."""
