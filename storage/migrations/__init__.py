"""The schema's history, run by storage.engine.schema."""
