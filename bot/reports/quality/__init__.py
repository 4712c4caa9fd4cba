"""Charts, control runs, indicators and measures, as pictures, texts and files."""
