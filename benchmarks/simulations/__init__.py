"""Simulations of how well the service judges; no clock plays a part."""
