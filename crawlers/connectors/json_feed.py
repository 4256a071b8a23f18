"""JSON Feed, versions 1 and 1.1, as far as its entries can be read.

Source: https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from crawlers.connectors.links import absolute
from crawlers.entries import Entry
from crawlers.extraction.dates import parse_date
from crawlers.extraction.plain import plain_text, storable
from crawlers.work import SourceUnreadableError


def looks_like_json_feed(body: bytes) -> bool:
    """An object that names the format near its start."""
    head = body[:20_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b"jsonfeed.org/version" in head


def parse_json_feed(body: bytes, url: str, zone: tzinfo, most: int) -> tuple[list[Entry], str]:
    """Its entries, and the web site that it says it belongs to.

    Raises:
        SourceUnreadableError: it is broken.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceUnreadableError("is a broken JSON feed") from error
    items = document.get("items")
    if not isinstance(items, list):
        raise SourceUnreadableError("is a JSON feed without items")
    read = [_entry(item, url, zone) for item in items[:most] if isinstance(item, dict)]
    return [entry for entry in read if entry.url], _text(document.get("home_page_url"))


def _entry(item: Mapping[str, Any], url: str, zone: tzinfo) -> Entry:
    published = _text(item.get("date_published"))[:200]
    written = parse_date(published, zone) if published else None
    link = _text(item.get("url")) or _text(item.get("external_url")) or _link_in(item.get("id"))
    tags = item.get("tags")
    body = _text(item.get("content_html")) or _text(item.get("content_text"))
    return Entry(
        url=absolute(url, link),
        title=" ".join(plain_text(_text(item.get("title"))).split())[:1000],
        summary=plain_text(body or _text(item.get("summary"))),
        author=_author(item)[:200],
        published_at=written.moment if written else None,
        published_raw=published,
        updated_raw=_text(item.get("date_modified"))[:200],
        section=_text(tags[0])[:100] if isinstance(tags, list) and tags else "",
    )


def _author(item: Mapping[str, Any]) -> str:
    authors = item.get("authors")
    several = authors if isinstance(authors, list) else [item.get("author")]
    names = (_text(each.get("name")) for each in several[:10] if isinstance(each, dict))
    return ", ".join(name for name in names if name)


def _link_in(identity: Any) -> str:
    text = _text(identity)
    return text if text.startswith(("http://", "https://")) else ""


def _text(value: Any) -> str:
    return storable(value) if isinstance(value, str) else ""
