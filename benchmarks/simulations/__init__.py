"""Simulations of how well the service finds and judges; no clock plays a part."""
