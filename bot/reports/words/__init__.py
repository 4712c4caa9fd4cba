"""What figures, areas and digests are called in Spanish, wherever they are written."""
