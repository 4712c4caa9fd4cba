"""Citizens who are answered in the chat."""
