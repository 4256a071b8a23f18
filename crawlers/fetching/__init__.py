"""Fetching politely and safely: Scrapy as a downloader that cannot reach inside the office."""
