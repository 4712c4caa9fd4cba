"""What every benchmark shares: figures and their file, processes, HTTP by hand, citizens."""
