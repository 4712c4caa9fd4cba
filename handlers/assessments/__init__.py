"""Self-assessments of areas: scores and evidence by criterion, validated, and their gaps."""
