"""What is said after a card was shown: whether it helped, and what more is asked of it."""
