"""Where a site's feeds and sitemaps may be: what it names itself, then where they usually stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement as Element

from crawlers.extraction.sites import same_site

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_COMMENTS = re.compile(r"comment|komentar", re.IGNORECASE)
_FEED_PATH = re.compile(r"(?:^|[/._-])(?:rss|feed|atom)(?:$|[/._-])", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_NEWS_FIRST = re.compile(r"news|berita|artikel|article|post", re.IGNORECASE)
_USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
_USUAL_SITEMAPS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap.xml", "/sitemap_index.xml")
_MOST_NAMED = 6


def named_feeds(page: Element, url: str) -> list[str]:
    """Feeds that the page links to: in its head first, then among its links."""
    told = (
        str(link.get("href") or "")
        for link in page.iter("link")
        if str(link.get("type") or "").lower() in _FEED_TYPES
        and not _COMMENTS.search(f"{link.get('title') or ''} {link.get('href') or ''}")
    )
    shown = (
        href
        for link in page.iter("a")
        if _FEED_PATH.search(_path(href := str(link.get("href") or "")))
        and not _COMMENTS.search(href)
    )
    return _several(
        [*_absolute(told, url), *(a for a in _absolute(shown, url) if same_site(a, url))]
    )


def named_sitemaps(robots: str, url: str) -> list[str]:
    """Those of robots.txt, the ones that speak of news first."""
    named = _absolute(_SITEMAP_LINE.findall(robots), url)
    return _several(sorted(named, key=lambda each: not _NEWS_FIRST.search(_path(each))))


def usual_feeds(url: str) -> list[str]:
    """Where feeds stand on most sites."""
    return [urljoin(url, path) for path in _USUAL_FEEDS]


def usual_sitemaps(url: str) -> list[str]:
    """Where sitemaps stand on most sites."""
    return [urljoin(url, path) for path in _USUAL_SITEMAPS]


def _absolute(links: Iterable[str], url: str) -> Iterator[str]:
    for link in links:
        try:
            address = urljoin(url, link.strip())
            if urlsplit(address).scheme in {"http", "https"} and link.strip():
                yield address
        except ValueError:
            continue  # a link that is none


def _path(link: str) -> str:
    try:
        return urlsplit(link).path
    except ValueError:
        return ""


def _several(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(addresses))[:_MOST_NAMED]
