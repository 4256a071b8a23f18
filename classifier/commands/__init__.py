"""Commands of the classifier; each imports its heavy parts only when it runs."""
