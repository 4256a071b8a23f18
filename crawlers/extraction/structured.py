"""What a page says of itself to machines: JSON-LD, meta elements, microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement as Element

from crawlers.extraction.plain import storable

ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "blogposting", "report",
        "liveblogposting",
        "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle",
        "claimreview", "socialmediaposting", "techarticle", "scholarlyarticle",
    }
)  # fmt: skip
_MOST_BLOCKS = 40
_LARGEST_BLOCK = 500_000
_DEEPEST = 12
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,60})"', re.IGNORECASE)


def iter_json_ld(tree: Element) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of a page, graphs and lists opened, broken blocks left out."""
    blocks = tree.xpath("//script[contains(@type, 'ld+json')]")
    for script in blocks[:_MOST_BLOCKS]:
        text = script.text or ""
        if len(text) <= _LARGEST_BLOCK:
            yield from _objects(_loads(text), 0)


def dates_in_broken_json_ld(tree: Element) -> Iterator[str]:
    """`datePublished` of blocks that are no JSON, as they often are by a quote in a headline."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:_MOST_BLOCKS]:
        text = (script.text or "")[:_LARGEST_BLOCK]
        found = _DATE_PUBLISHED.search(text)
        if found and _loads(text) is None:
            yield found.group(1)


def types_of(thing: dict[str, Any]) -> set[str]:
    """Its `@type`s, lower case."""
    kinds = thing.get("@type", ())
    names = kinds if isinstance(kinds, list) else [kinds]
    return {str(name).rpartition("/")[2].lower() for name in names}


def find_article(tree: Element) -> dict[str, Any]:
    """The JSON-LD object that describes the article; empty when there is none."""
    found = [thing for thing in iter_json_ld(tree) if types_of(thing) & ARTICLE_TYPES]
    return max(found, key=lambda thing: len(thing.keys() & _WANTED), default={})


_WANTED = {"headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "publisher"}


def find_claim_reviews(tree: Element) -> list[dict[str, Any]]:
    """The ClaimReview objects of a fact-check."""
    return [thing for thing in iter_json_ld(tree) if "claimreview" in types_of(thing)]


def text_of(value: Any) -> str:
    """A plain string out of whatever JSON-LD holds: names of things, the first of a list."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("@id") or ""
        else:
            break
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def names_of(value: Any) -> str:
    """All names of a list of people, joined by commas."""
    several = value if isinstance(value, list) else [value]
    names = [text_of(each) for each in several[:10]]
    return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name))


class MetaElements:
    """`<meta>` by lower-case name, property or itemprop; the first of each."""

    def __init__(self, tree: Element) -> None:
        self._values: dict[str, str] = {}
        for element in tree.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            for attribute in ("property", "name", "itemprop"):
                key = (element.get(attribute) or "").lower().strip()
                if key and content:
                    self._values.setdefault(key, content[:5000])

    def first(self, *names: str) -> str:
        """The first of these that the page has; empty when it has none."""
        return next((self._values[name] for name in names if name in self._values), "")


def _loads(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for attempt in (text, re.sub(r"[\x00-\x1f]+", " ", text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return _storable(json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    return None


def _storable(value: Any) -> Any:
    """The same with every string fit to be stored: escapes may name what markup cannot hold."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {storable(key): _storable(each) for key, each in value.items()}
    return value


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "itemListElement"):
            if isinstance(value.get(key), dict | list):
                yield from _objects(value[key], depth + 1)
