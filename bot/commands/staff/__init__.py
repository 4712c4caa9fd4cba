"""Who works with it: their members, duty, roles, and the log of what they did."""
