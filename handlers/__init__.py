"""What is answered and why: pure functions over the conversation, no I/O."""
