"""What the assistant knows, and how well it is found."""
