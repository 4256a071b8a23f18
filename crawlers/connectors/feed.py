"""Feeds: RSS, Atom, RDF and JSON as they are in the wild, then each entry's article page."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from html import unescape
from typing import Any
from urllib.parse import urljoin

import feedparser

from crawlers.connectors.conditional import conditions, marks, unchanged
from crawlers.connectors.json_feed import looks_like_json_feed, parse_json_feed
from crawlers.connectors.links import absolute
from crawlers.connectors.source_sites import allowed_sites
from crawlers.dispositions import Disposition
from crawlers.entries import MEMORY_KEY, Entry, EntryMemory
from crawlers.extraction.article import Article
from crawlers.extraction.dates import parse_date
from crawlers.extraction.markup import looks_binary
from crawlers.extraction.plain import plain_text
from crawlers.fetching.fetcher import Fetched
from crawlers.pages import PageCollector, build_post, is_complete
from crawlers.work import SourceUnreadableError, SourceWork

_MOST_ENTRIES = 20_000
_MOST_TAGS = 300_000
"""Of the feed itself: the parser needs up to 80 microseconds for each."""
_LOOKS_LIKE_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_LOOKS_LIKE_PAGE = re.compile(rb"<!doctype\s+html|<html\b", re.IGNORECASE)
_FEED_LINK = re.compile(
    rb"""<link[^>]{0,400}application/(?:rss\+xml|atom\+xml|feed\+json)[^>]{0,400}>""", re.IGNORECASE
)
_HREF = re.compile(rb"""href\s*=\s*["']([^"']{1,500})["']""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed document holds."""

    entries: list[Entry]
    link: str
    """The web site that it says it belongs to."""


async def collect_feed(work: SourceWork) -> Mapping[str, str]:
    """Read the feed, then what it links to; an unchanged feed is asked for only by its marks."""
    fetched = await work.fetcher.fetch(work.source.url, headers=conditions(work), accept=(304,))
    if fetched.status == 304:
        return unchanged(work)
    feed = await read_feed(fetched, work.zone)
    collector = PageCollector(work, allowed_sites(work.source, fetched.url, feed.link))
    if work.is_on("articles", True):
        await collector.collect(feed.entries)
    else:
        await _collect_from_feed_alone(work, feed, fetched, collector.memory)
    collector.tell_turnover()
    await work.writer.flush()
    remembered = {MEMORY_KEY: collector.memory.dump()}
    return {**remembered, **marks(work, fetched)} if is_complete(work) else remembered


async def _collect_from_feed_alone(
    work: SourceWork, feed: Feed, fetched: Fetched, memory: EntryMemory
) -> None:
    """Option `articles=no`: the feed's own text is all there is to read."""
    for number, entry in enumerate(feed.entries):
        ticket = work.tally.find(entry.url)
        memory.meets_again(entry)
        if number >= work.limit:
            ticket.end(Disposition.REFUSED_TOO_MANY, f"more than {work.limit} items")
        elif not entry.summary and not entry.title:
            ticket.end(Disposition.REFUSED_TOO_SHORT, "no text in the feed")
        else:
            at = Fetched(entry.url, 200, fetched.headers, fetched.body, fetched.fetched_at)
            article = Article(title=entry.title, text=entry.summary)
            post = build_post(work, entry, at, article)
            memory.keep(entry, post.id)
            await work.add(post, fetched, ticket)


async def read_feed(fetched: Fetched, zone: tzinfo) -> Feed:
    """`parse_feed` in a thread: a large feed takes seconds, in which other sources must go on."""
    return await asyncio.to_thread(parse_feed, fetched, zone)


def parse_feed(fetched: Fetched, zone: tzinfo) -> Feed:
    """The entries of a feed.

    Raises:
        SourceUnreadableError: it is a web page or something else; the message names the mend.
    """
    body = fetched.body
    if looks_like_json_feed(body):
        return Feed(*parse_json_feed(body, fetched.url, zone, _MOST_ENTRIES))
    if not _LOOKS_LIKE_FEED.search(body[:20_000]):
        raise SourceUnreadableError(_not_a_feed(fetched))
    if _count_tags(body) > _MOST_TAGS:
        raise SourceUnreadableError(f"has more than {_MOST_TAGS:,} tags; no feed has so many")
    parsed = _parsed(fetched)
    if not parsed.entries and parsed.bozo:
        raise SourceUnreadableError(f"is a broken feed ({_first_line(parsed.bozo_exception)})")
    entries = [_entry(raw, fetched.url, zone) for raw in parsed.entries[:_MOST_ENTRIES]]
    return Feed(
        [entry for entry in entries if entry.url], plain_text(str(parsed.feed.get("link", "")))
    )


def _count_tags(body: bytes) -> int:
    """How many begin outside of sections of characters, where whole articles may stand."""
    first, *sections = body.split(b"<![CDATA[")
    after = (section.partition(b"]]>") for section in sections)
    return first.count(b"<") + sum((rest if end else text).count(b"<") for text, end, rest in after)


def _parsed(fetched: Fetched) -> Any:
    """What feedparser reads; no entity names another, expat bounds what the rest may grow to."""
    try:
        return feedparser.parse(
            io.BytesIO(fetched.body),
            response_headers={
                "content-type": fetched.header("Content-Type"),
                "content-location": fetched.url,
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # the parser forgives much, and stumbles over some of the rest
        raise SourceUnreadableError(f"is a broken feed ({_first_line(error)})") from error


def _entry(raw: dict[str, Any], feed_url: str, zone: tzinfo) -> Entry:
    updated = str(dict.get(raw, "updated") or "")[:200]  # `get` of the parser guesses, and warns
    published = str(dict.get(raw, "published") or updated)[:200]
    told = [*(each.get("value") for each in raw.get("content", [])), raw.get("summary")]
    bodies = [body or "" for body in told]
    return Entry(
        url=_link(raw, feed_url),
        title=" ".join(unescape(plain_text(str(raw.get("title", "")))).split())[:1000],
        summary=plain_text(max(bodies, key=len)),
        author=plain_text(str(raw.get("author", "")))[:200],
        published_at=_moment(raw, published, zone),
        published_raw=plain_text(published),
        updated_raw=plain_text(updated),
        section=plain_text(str((raw.get("tags") or [{}])[0].get("term") or ""))[:100],
    )


def _link(raw: Mapping[str, Any], feed_url: str) -> str:
    link = str(raw.get("link") or "")
    if not link.strip() and str(raw.get("id", "")).startswith(("http://", "https://")):
        link = str(raw["id"])
    return absolute(feed_url, link)


def _moment(raw: dict[str, Any], published: str, zone: tzinfo) -> datetime | None:
    if written := parse_date(published, zone):
        return written.moment
    parsed = dict.get(raw, "published_parsed") or dict.get(raw, "updated_parsed")
    try:
        return datetime(*(int(part) for part in parsed[:6]), tzinfo=UTC) if parsed else None  # type: ignore[misc, arg-type]
    except (TypeError, ValueError):
        return None


def _not_a_feed(fetched: Fetched) -> str:
    if looks_binary(fetched.body):
        return "is a binary file, not a feed; check its address"
    if not _LOOKS_LIKE_PAGE.search(fetched.body[:20_000]):
        return "is not a feed; check its address"
    for link in _FEED_LINK.findall(fetched.body[:500_000])[:1]:
        if href := _HREF.search(link):
            named = unescape(href.group(1).decode("utf-8", "replace"))
            with suppress(ValueError):  # what it names is no address
                address = urljoin(fetched.url, named)
                return f"is a web page, not a feed; the page names its feed: {address}"
    return "is a web page, not a feed; look for its RSS address, or add its sitemap instead"


def _first_line(error: object) -> str:
    return (str(error).splitlines() or ["no entries"])[0][:120]
