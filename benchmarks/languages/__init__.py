"""How well languages are told: `python -m benchmarks.languages`."""
