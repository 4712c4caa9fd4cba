"""Storage: all SQL of the project. Functions take a transaction and return domain objects."""
