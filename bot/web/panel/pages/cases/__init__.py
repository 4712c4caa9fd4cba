"""Cases, and what is entered and reported at a desk."""
