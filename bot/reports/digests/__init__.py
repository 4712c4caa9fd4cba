"""The weekly digest as text, HTML and files."""
