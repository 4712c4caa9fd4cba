"""Conversations without a platform or a database, for simulators and evaluations."""
