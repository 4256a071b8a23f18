"""The store in one SQLite file: one writer and many readers at once, nothing to install."""
