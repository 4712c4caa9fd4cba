"""What is said of what was said or shown before: that it was wrong, whether it helped, more."""
