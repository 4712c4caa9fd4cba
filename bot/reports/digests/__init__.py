"""The weekly digest, as text, as HTML, and its words."""
