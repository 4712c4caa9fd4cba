"""Spanish texts about figures, areas and digests, shared by all documents and pages."""
