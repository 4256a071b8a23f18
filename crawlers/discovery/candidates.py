"""What a site offers to read: each address fetched once and judged by what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from lxml import etree

from crawlers.connectors.feed import parse_feed
from crawlers.connectors.sitemap import parse_sitemap
from crawlers.discovery.addresses import (
    named_feeds,
    named_sitemaps,
    usual_feeds,
    usual_sitemaps,
)
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.extraction.structured import MetaElements
from crawlers.extraction.titles import clean_title
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched, Fetcher
from crawlers.work import SourceUnreadableError

_ZONE = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that a source could be made of."""

    url: str
    connector: str
    entries: int
    """How many links it shows; for an index of sitemaps, how many sitemaps."""
    is_index: bool = False

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Smaller is better: something in it, a feed, no index to walk through."""
        return (not self.entries, self.connector != "feed", self.is_index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site, and what it offers, best first."""

    name: str
    candidates: tuple[Candidate, ...]


async def look_at_site(fetcher: Fetcher, url: str, most_bytes: int) -> Site:
    """What stands at an address: a feed or sitemap itself, or a page that leads to some.

    Raises:
        FetchError: the address itself could not be fetched.
    """
    looking = _Looking(fetcher, most_bytes)
    home = await fetcher.fetch(url)
    if itself := looking.judge(home):
        return Site(name="", candidates=(itself,))
    try:
        page = parse_page(home.body, home.header("Content-Type"))
    except NotAPageError as error:
        raise SourceUnreadableError(str(error)) from error
    robots = await looking.text(urljoin(home.url, "/robots.txt"))
    feeds = await looking.first_kind(named_feeds(page, home.url), usual_feeds(home.url))
    sitemaps = await looking.first_kind(named_sitemaps(robots, home.url), usual_sitemaps(home.url))
    title = MetaElements(page).first("og:site_name", "application-name")
    title = title or clean_title(" ".join((page.findtext(".//title") or "").split()))
    found = sorted((*feeds, *sitemaps), key=lambda each: each.rank)
    return Site(name=title[:100], candidates=tuple(found))


class _Looking:
    """Fetches each address at most once."""

    def __init__(self, fetcher: Fetcher, most_bytes: int) -> None:
        self._fetcher = fetcher
        self._most_bytes = most_bytes

    async def first_kind(self, named: Iterable[str], usual: Iterable[str]) -> list[Candidate]:
        """Those that the site names; the first of the usual places only when it names none."""
        found = [one for url in named if (one := await self._try(url))]
        for url in usual if not found else ():
            if one := await self._try(url):
                return [one]
        return found

    async def text(self, url: str) -> str:
        """Empty when there is none."""
        try:
            return (await self._fetcher.fetch(url)).body.decode("utf-8", "replace")
        except FetchError:
            return ""

    async def _try(self, url: str) -> Candidate | None:
        try:
            return self.judge(await self._fetcher.fetch(url))
        except FetchError:
            return None

    def judge(self, fetched: Fetched) -> Candidate | None:
        """A feed, a sitemap, or nothing to read."""
        try:
            feed = parse_feed(fetched, _ZONE)
            return Candidate(url=fetched.url, connector="feed", entries=len(feed.entries))
        except SourceUnreadableError:
            pass
        try:
            root = parse_sitemap(fetched.body, self._most_bytes)
        except (SourceUnreadableError, FetchError):
            return None
        is_index = etree.QName(root).localname == "sitemapindex"
        return Candidate(url=fetched.url, connector="sitemap", entries=len(root), is_index=is_index)
