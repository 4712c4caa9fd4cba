"""The kill harness: ``python -m tests.torture``, also ``make torture``."""
