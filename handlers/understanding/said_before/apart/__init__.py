"""What is said beside a rating and is no word of it: questions, and orders to the assistant."""
