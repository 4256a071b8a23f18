"""Collect what the press and social platforms say about a region."""
