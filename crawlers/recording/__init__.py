"""What is kept of a crawl: one tally per source, posts in batches, evidence as WARC."""
