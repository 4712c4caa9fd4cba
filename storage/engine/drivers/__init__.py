"""The two databases: SQLite and PostgreSQL."""
