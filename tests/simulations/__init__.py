"""Years played through in seconds: commands that print what came of them."""
