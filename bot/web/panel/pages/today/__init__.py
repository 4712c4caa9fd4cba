"""The first page: what needs this person today, and how it is said."""
