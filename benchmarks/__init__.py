"""What is fast, against what, measured in one run: `make bench`, or `python -m benchmarks`."""
