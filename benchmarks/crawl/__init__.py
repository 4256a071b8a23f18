"""Pages a second and peak memory of a crawl, against a bare Scrapy spider on the same site."""
