"""Charts, control runs and measures, drawn and in words."""
