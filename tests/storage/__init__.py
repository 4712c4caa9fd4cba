"""The databases themselves: SQLite and PostgreSQL, built by the migrations."""
