"""The service at its edges: recorded payloads in, strict fakes at the far end."""
