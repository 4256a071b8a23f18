"""Sitemaps: news sitemaps, plain ones and indexes, gzip-compressed or not, newest pages first."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from lxml import etree

from crawlers.connectors.conditional import conditions, marks, unchanged
from crawlers.connectors.source_sites import allowed_sites
from crawlers.dispositions import Disposition
from crawlers.entries import MEMORY_KEY, Entry
from crawlers.extraction.dates import parse_date
from crawlers.extraction.plain import storable
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.pages import PageCollector, is_complete
from crawlers.waiting_entries import WaitingEntries
from crawlers.work import SourceUnreadableError, SourceWork

_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.-]{1,40})""", re.IGNORECASE)
_MOST_MAPS = 50
_MOST_PAGES = 50_000
_DEEPEST = 3
_DAYS = 7


async def collect_sitemap(work: SourceWork) -> Mapping[str, str]:
    """Read the sitemap and those it names, then the pages of the last days (option `days`)."""
    reader = SitemapReader(work)
    fetched = await work.fetcher.fetch(work.source.url, headers=conditions(work), accept=(304,))
    if fetched.status == 304:
        return unchanged(work)
    await reader.take(fetched, 0)
    collector = PageCollector(work, allowed_sites(work.source))
    await collector.collect(reader.entries)
    await work.writer.flush()
    remembered = {MEMORY_KEY: collector.memory.dump()}
    # an index may stay the same while the sitemaps that it names change
    trusted = is_complete(work) and not reader.followed_others
    return {**remembered, **marks(work, fetched)} if trusted else remembered


class SitemapReader:
    """Follows sitemap indexes, within bounds."""

    def __init__(self, work: SourceWork) -> None:
        self._work = work
        days = int(work.source.options.get("days", _DAYS))
        self.oldest: datetime = work.clock.now() - timedelta(days=days)
        self.entries = WaitingEntries()
        self._maps = 0

    @property
    def followed_others(self) -> bool:
        """It was an index."""
        return self._maps > 1

    async def take(self, fetched: Fetched, depth: int) -> None:
        """Read one sitemap; the first must be readable, one that an index names need not be."""
        self._maps += 1
        root = parse_sitemap(fetched.body, self._work.settings.crawl.max_body_bytes)
        if _local_name(root) == "sitemapindex" and depth < _DEEPEST:
            for address, changed in self._named_maps(root):
                if self._maps < _MOST_MAPS and (changed is None or changed >= self.oldest):
                    await self._read_named(address, depth + 1)
        else:
            self._take_pages(root)

    async def _read_named(self, url: str, depth: int) -> None:
        try:
            await self.take(await self._work.fetcher.fetch(url), depth)
        except (FetchError, SourceUnreadableError) as error:
            ticket = self._work.tally.find(url)
            ticket.end(getattr(error, "disposition", Disposition.FAILED_PARSE), str(error))

    def _named_maps(self, root: etree._Element) -> list[tuple[str, datetime | None]]:
        maps = iter_fields(root)
        dated = [(each.get("loc", ""), self._moment(each.get("lastmod", ""))) for each in maps]
        return sorted(dated, key=lambda each: each[1] or self.oldest, reverse=True)

    def _take_pages(self, root: etree._Element) -> None:
        for fields in islice(iter_fields(root), _MOST_PAGES - len(self.entries)):
            raw = fields.get("publication_date") or fields.get("lastmod", "")
            moment = self._moment(raw)
            if fields.get("loc") and (moment is None or moment >= self.oldest):
                published = moment if fields.get("publication_date") else None
                self.entries.add(
                    Entry(
                        url=fields["loc"],
                        title=fields.get("title", ""),
                        published_at=published,
                        published_raw=fields.get("publication_date", ""),
                        updated_raw=fields.get("lastmod", ""),
                    )
                )

    def _moment(self, raw: str) -> datetime | None:
        written = parse_date(raw, self._work.zone) if raw else None
        return written.moment if written else None


def parse_sitemap(body: bytes, most_bytes: int) -> etree._Element:
    """The root of a sitemap, unpacked no further than the bound, without entities.

    Raises:
        SourceUnreadableError: it is something else; the message names the mend.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        root = etree.parse(io.BytesIO(_mended(_unpacked(body, most_bytes))), parser).getroot()
    except (etree.XMLSyntaxError, zlib.error) as error:
        raise SourceUnreadableError("is a broken sitemap; check its address") from error
    if root is None or _local_name(root) not in {"urlset", "sitemapindex"}:
        raise SourceUnreadableError("is not a sitemap; check its address")
    return root


def _mended(body: bytes) -> bytes:
    """What calls itself UTF-8 is UTF-8: in recovery the parser lets bytes through that are none."""
    declared = _ENCODING.search(body[:200])
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
        declared and declared.group(1).lower() not in {b"utf-8", b"utf8"}
    ):
        return body
    return body.decode("utf-8", "replace").encode()


def _unpacked(body: bytes, most_bytes: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    unpacked = unpacker.decompress(body, most_bytes)
    if unpacker.unconsumed_tail:
        raise FetchError(Disposition.REFUSED_TOO_LARGE, "unpacks to more than crawl.max_body_bytes")
    return unpacked


def _local_name(element: etree._Element) -> str:
    """Without its namespace; broken sitemaps have names that no standard allows."""
    try:
        return str(element.tag).rpartition("}")[2]
    except UnicodeDecodeError:
        return ""


def iter_fields(root: etree._Element) -> Iterator[dict[str, str]]:
    """Of each page or map that it names: the text of its parts by local name, the first of each."""
    for element in root.iterchildren(tag=etree.Element):
        found: dict[str, str] = {}
        for part in element.iter(tag=etree.Element):
            if text := _text(part):
                found.setdefault(_local_name(part), text)
        yield found


def _text(element: etree._Element) -> str:
    try:
        return storable(element.text or "").strip()[:2000]
    except UnicodeDecodeError:
        return ""
