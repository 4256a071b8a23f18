"""Articles in parts: the address under which a page offers all of it at once."""

from __future__ import annotations

from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement as Element

_WHOLE = {
    ("page", "all"),
    ("halaman", "all"),
    ("halaman", "semua"),
    ("page", "semua"),
    ("single", "1"),
    ("showpage", "all"),
}
_MOST_LINKS = 2000


def find_whole_article(tree: Element, url: str) -> str:
    """Where all parts of this very page stand together; empty when it has no such link."""
    try:
        here = urlsplit(url)
    except ValueError:
        return ""
    if set(_pairs(here.query)) & _WHOLE:
        return ""
    links = tree.xpath("//a[contains(@href, '=')]/@href | //link[contains(@href, '=')]/@href")
    for link in links[:_MOST_LINKS]:
        try:
            address = urljoin(url, str(link).strip())
            there = urlsplit(address)
        except ValueError:
            continue
        if (there.scheme, there.netloc, there.path) != (here.scheme, here.netloc, here.path):
            continue
        if set(_pairs(there.query)) & _WHOLE:
            return address
    return ""


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(name.lower(), value.lower()) for name, value in parse_qsl(query[:2000])]
