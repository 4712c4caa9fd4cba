"""The two kinds of databases, and what each does beside the writing."""
