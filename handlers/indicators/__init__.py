"""Indicators as the content defines them, worked out from published figures."""
