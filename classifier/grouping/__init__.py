"""Which posts tell the same claim: pairs are weighed, posts join groups as they arrive."""
