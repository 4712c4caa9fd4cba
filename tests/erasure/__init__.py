"""Proof that erasing leaves nothing: random lives, their erasure, and a search everywhere."""
