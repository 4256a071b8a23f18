"""`python -m benchmarks.crawl.bare SITEMAP`: what Scrapy and trafilatura alone do, kept nowhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider


class BareSpider(SitemapSpider):
    """Downloads every page and reads it; counts, and forgets."""

    name = "bare"

    def __init__(self, url: str, **kwargs: Any) -> None:
        super().__init__(sitemap_urls=[url], **kwargs)
        self.pages = 0

    def parse(self, response: Response) -> Iterator[Any]:
        """One page."""
        text = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        self.pages += text is not None
        yield from ()


def main() -> None:
    """Prints how many pages were read."""
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "DOWNLOAD_DELAY": 0,
            "COOKIES_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "RETRY_ENABLED": False,
            "LOG_ENABLED": False,
        }
    )
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, url=sys.argv[1])
    process.start()
    assert isinstance(crawler.spider, BareSpider)
    print(crawler.spider.pages)


if __name__ == "__main__":
    main()
