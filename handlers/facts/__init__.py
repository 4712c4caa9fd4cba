"""Facts: what turns record, by subject."""
