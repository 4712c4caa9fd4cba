"""The weekly jobs on answers: digest, control run, measures, evidence."""
