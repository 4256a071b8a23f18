"""A page in, an article out: pure, bounded, and able to say where each part came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from crawlers.extraction.dates import WESTERN
from crawlers.extraction.genres import Genre, find_genre
from crawlers.extraction.markup import parse_page
from crawlers.extraction.page import Page
from crawlers.extraction.particulars import find_author, find_canonical, find_image, find_title
from crawlers.extraction.plain import plain_text, storable
from crawlers.extraction.prose import article_text
from crawlers.extraction.selected import read_selected
from crawlers.extraction.structured import text_of
from crawlers.extraction.times import find_published

_LONGEST_TEXT = 200_000
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article page holds; empty or None where the page does not say."""

    title: str = ""
    text: str = ""
    """Paragraphs separated by one newline."""
    author: str = ""
    published_at: datetime | None = None
    published_raw: str = ""
    canonical_url: str = ""
    """The page's own canonical link, only when it stays on the same site."""
    section: str = ""
    language: str = ""
    image: str = ""
    genre: Genre = Genre.ARTICLE
    """What the page is instead, where it is no article."""
    why: Mapping[str, str] = field(default_factory=dict)
    """Field name to where its value was found."""


def extract_article(
    body: bytes,
    url: str,
    *,
    content_type: str = "",
    zone: tzinfo = WESTERN,
    now: datetime | None = None,
) -> Article:
    """Read an article page.

    Args:
        zone: what a time without a zone means at this outlet.
        now: when the page was read; times after tomorrow are not believed.

    Raises:
        NotAPageError: the bytes are no HTML page.
    """
    return read_article(Page(parse_page(body, content_type), url, zone, now))


def read_article(page: Page, selectors: Mapping[str, str] = _NONE) -> Article:
    """The same for a parsed page; its tree is used up.

    Args:
        selectors: the source's own, `crawlers.extraction.selected.OPTIONS`.
    """
    selected = read_selected(page, selectors)
    article = _storable(replace(_read_generically(page), **selected))
    said = {name: "the source's selector" for name in selected if name != "published_raw"}
    genre = find_genre(page, article.text)
    return replace(article, genre=genre, why={**article.why, **said})


def _read_generically(page: Page) -> Article:
    title, author, canonical = find_title(page), find_author(page), find_canonical(page)
    published = find_published(page, title.value)
    why = {"title": title.why, "author": author.why, "canonical_url": canonical.why}
    why["published_at"] = published.why if published else ""
    return Article(
        title=title.value,
        author=author.value,
        published_at=published.moment if published else None,
        published_raw=published.raw[:200] if published else "",
        canonical_url=canonical.value,
        section=text_of(page.described.get("articleSection")) or page.meta.first("article:section"),
        language=(page.tree.get("lang") or page.meta.first("og:locale", "language"))[:2].lower(),
        image=find_image(page),
        # last, because it takes the tree apart
        text=article_text(page.tree, title.value, _told_text(page))[:_LONGEST_TEXT],
        why={name: place for name, place in why.items() if place},
    )


def _storable(article: Article) -> Article:
    """Character references may name what no index can keep (`&#1`)."""
    return replace(
        article,
        title=storable(article.title),
        text=storable(article.text),
        author=storable(article.author),
        published_raw=storable(article.published_raw),
        section=storable(article.section),
    )


def _told_text(page: Page) -> str:
    """Pages that a script draws still tell search engines their text."""
    told = page.described.get("articleBody")
    return plain_text(told) if isinstance(told, str) else ""
