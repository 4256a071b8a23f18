"""Real posts and articles served on loopback, crawled and assessed on both backends."""
