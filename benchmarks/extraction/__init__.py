"""How well articles are read from real pages, beside plain trafilatura on the same pages."""
