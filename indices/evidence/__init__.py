"""Evidence as WARC files: found again, checked, handed out, and let go of."""
