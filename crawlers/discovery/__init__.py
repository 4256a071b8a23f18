"""From a home page to the feeds and sitemaps of its site."""
