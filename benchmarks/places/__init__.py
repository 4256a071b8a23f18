"""How well and how fast places are found: `python -m benchmarks.places`."""
