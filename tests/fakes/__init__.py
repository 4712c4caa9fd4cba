"""Strict fakes of the platforms: real servers that refuse what the real ones refuse."""
