"""Copies, exports, and what is kept too long."""
