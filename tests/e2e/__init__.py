"""The whole service from outside: processes, a real browser, faults."""
