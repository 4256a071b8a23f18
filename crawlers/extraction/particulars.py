"""Headline, byline, canonical address and picture of an article, each with where it was found."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement as Element

from crawlers.extraction.blocks import iter_blocks
from crawlers.extraction.page import Found, Page
from crawlers.extraction.sites import same_site
from crawlers.extraction.structured import names_of, text_of
from crawlers.extraction.titles import clean_title, squash

_BYLINE = re.compile(
    r"^\W*(?:oleh|by|penulis|reporter|pewarta|wartawan|laporan(?: wartawan)?)\s*[:：]?\s+"
    r"(?P<name>[^|\n]{3,80})",
    re.IGNORECASE,
)
_BYLINE_ELEMENTS = (
    "//*[@itemprop='author' or @rel='author' or contains(@class, 'author')"
    " or contains(@class, 'penulis') or contains(@class, 'reporter')]"
)
_TITLE_ELEMENTS = "|".join(
    f"//body//*[contains(@{attribute}, '{name}')]"
    for attribute in ("class", "id")
    for name in ("judul", "title", "headline")
)
_SHORTEST_SHARE = 0.6
_LONGEST_HEADING = 300


def find_title(page: Page) -> Found:
    """The headline as readers see it, without the outlet's name."""
    told = _told_titles(page)
    headings = _texts(page, "//h1 | //h2 | //h3")
    entitled = cache(lambda: _texts(page, _TITLE_ELEMENTS))
    for found in told:
        heading = _heading_within(headings, found.value) or _heading_within(entitled(), found.value)
        if heading:
            return Found(heading, f"heading, as in {found.why}")
    if told:
        return told[0]
    return Found(next((heading for heading in headings if heading), ""), "first heading")


def _texts(page: Page, path: str) -> list[str]:
    return [_heading_text(element) for element in page.tree.xpath(path)[:60]]


def _heading_text(heading: Element) -> str:
    """Its words; only its first block where a heading that was never closed holds the page."""
    text = " ".join(heading.text_content().split())
    if len(text) <= _LONGEST_HEADING:
        return text
    return next((block.text for block in iter_blocks(heading)), "")


def _told_titles(page: Page) -> list[Found]:
    names = (
        page.meta.first("og:site_name", "application-name"),
        text_of(page.described.get("publisher")),
    )
    told = (
        Found(text_of(page.described.get("headline")), "JSON-LD headline"),
        Found(page.meta.first("og:title"), "meta og:title"),
        Found(page.meta.first("twitter:title", "title"), "meta title"),
        Found(" ".join((page.tree.findtext(".//title") or "").split()), "title element"),
    )
    cleaned = [
        Found(clean_title(each.value, url=page.url, site_names=names), each.why) for each in told
    ]
    return [each for each in cleaned if each.value]


def _heading_within(headings: list[str], title: str) -> str:
    """The visible headline, when the told title is this headline with something around it."""
    flat = squash(title)
    for heading in headings:
        short = squash(heading)
        if short and short in flat and len(short) >= _SHORTEST_SHARE * len(flat):
            return heading
    return ""


def find_author(page: Page) -> Found:
    """Who wrote it, as far as the page says."""
    if names := names_of(page.described.get("author")):
        return Found(names[:200], "JSON-LD author")
    name = page.meta.first(
        "author", "article:author", "dc.creator", "content_author", "parsely-author"
    )
    if name and "://" not in name:
        return Found(name[:200], "meta author")
    return _byline(page.tree)


def _byline(tree: Element) -> Found:
    for element in tree.xpath(_BYLINE_ELEMENTS)[:10]:
        text = " ".join(element.text_content().split())
        named = _BYLINE.match(text)
        name = (named["name"] if named else text).strip(" :-|,")
        if 3 <= len(name) <= 80 and not any(character.isdigit() for character in name):
            return Found(name, "byline")
    return Found()


def find_canonical(page: Page) -> Found:
    """The page's own address for itself, believed only on its own site."""
    links = page.tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
    told = (
        Found(str(links[0]) if links else "", "link rel=canonical"),
        Found(page.meta.first("og:url"), "meta og:url"),
        Found(text_of(page.described.get("mainEntityOfPage")), "JSON-LD mainEntityOfPage"),
        Found(text_of(page.described.get("url")), "JSON-LD url"),
    )
    for each in told:
        address = _absolute(page.url, each.value)
        # a page may not speak for another site; a link to a bare home page speaks for nothing
        mine = not page.url or same_site(address, page.url)
        if address and mine and urlsplit(address).path.strip("/"):
            return Found(address, each.why)
    return Found()


def find_image(page: Page) -> str:
    """The picture that the page shows when it is shared."""
    image = page.described.get("image")
    first = image[0] if isinstance(image, list) and image else image
    told = str(first.get("url") or "") if isinstance(first, dict) else str(first or "")
    return _absolute(page.url, page.meta.first("og:image", "twitter:image") or told)


def _absolute(url: str, link: str) -> str:
    try:
        address = urljoin(url, link.strip()) if link.strip() else ""
        return address if urlsplit(address).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
