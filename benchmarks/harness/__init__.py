"""Shared by all benchmarks: results and their file, processes, raw HTTP, simulated citizens."""
