"""What an incoming can be understood as; the whole union is in `union.py`."""
