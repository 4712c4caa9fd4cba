"""The weekly digest, as text, as HTML and as files."""
