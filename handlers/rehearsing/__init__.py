"""Conversations played without a platform or a database: rehearsed, and evaluated."""
