"""Cases that a citizen begins in free words."""
