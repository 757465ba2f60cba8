"""Measurements, one module each: ``python -m benchmarks [NAME…]`` prints their tables, peers in the same run."""
