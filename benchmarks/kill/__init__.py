"""`kill -9` at random moments of the daily work, then a plain run: nothing lost, nothing twice."""
