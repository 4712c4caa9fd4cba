"""What is said with certainty: commands and codes, options by their words, cases and measures."""
