"""Who works here, when, and how they come in."""
