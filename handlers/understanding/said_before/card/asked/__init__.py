"""Questions about what was shown, or about one thing of an area or a service."""
