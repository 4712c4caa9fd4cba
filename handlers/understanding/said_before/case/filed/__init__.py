"""What is said right after a case was filed."""
