"""What is copied, checked and forgotten in its time."""
