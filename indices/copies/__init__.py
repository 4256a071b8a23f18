"""Posts with the same text: fingerprints, groups of copies, and how to say it in plain words."""
