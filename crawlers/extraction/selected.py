"""What a source's own selectors take from an article page; the rest is left to the generic way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.extraction.dates import parse_date
from crawlers.extraction.page import Page
from crawlers.extraction.prose import readable_text
from crawlers.extraction.selectors import first, select, text_of, written_time

OPTIONS = ("article_title", "article_text", "article_date", "article_author")
"""Options of sources whose articles are pages."""


def read_selected(page: Page, options: Mapping[str, str]) -> dict[str, Any]:
    """Fields of `Article` that the selectors find; a selector that finds nothing says nothing."""
    found: dict[str, Any] = {}
    for option, field in (("article_title", "title"), ("article_author", "author")):
        if option in options and (text := text_of(first(page.tree, options[option]))):
            found[field] = text[:500]
    if (
        raw := written_time(first(page.tree, options["article_date"]))
        if "article_date" in options
        else ""
    ):
        written = parse_date(raw, page.zone)
        found |= {"published_raw": raw} | ({"published_at": written.moment} if written else {})
    if "article_text" in options:
        containers = select(page.tree, options["article_text"])
        if text := "\n".join(filter(None, map(readable_text, containers))):
            found["text"] = text
    return found
