"""Unflagged posts that chance puts before a person, so that the share of misses is known."""
