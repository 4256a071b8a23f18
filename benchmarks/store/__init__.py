"""How fast a store writes and searches: `python -m benchmarks.store --help`."""
