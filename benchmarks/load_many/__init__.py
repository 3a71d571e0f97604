"""Fills an empty database with many tasks: `python -m benchmarks.load_many`."""
