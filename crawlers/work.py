"""What a connector gets to work with: one source, its memory, and the tools of this crawl."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawlers.dispositions import Disposition
from crawlers.fetching.fetcher import Fetched, Fetcher
from crawlers.recording.evidence import FileRow
from crawlers.recording.tally import SourceTally, Ticket
from crawlers.recording.writing import PostWriter, StoreThread
from indices.documents import FactCheck, Post, PostRecord, Source
from indices.errors import StoreUnavailableError
from indices.places.gazetteer import Gazetteer
from indices.queries import UpsertCounts
from indices.reading import read_post
from indices.relevance import RelevanceRule
from indices.settings import Settings
from indices.store import Store

_ASKED_AT_ONCE = 200


class SourceUnreadableError(Exception):
    """The source itself gave nothing to read; the message names the mend."""


class Clock:
    """The time of the crawl: starts at the job's `now` and goes on from there."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._started = time.monotonic()

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._now + timedelta(seconds=time.monotonic() - self._started)


def zone_of(source: Source) -> ZoneInfo:
    """What a time without a zone means: the source's option, else western Indonesia."""
    try:
        return ZoneInfo(source.options.get("timezone", "Asia/Jakarta"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWork:
    """One source in one crawl."""

    source: Source
    memory: Mapping[str, str]
    """`CrawlState.values` as the last whole crawl of this source left them."""
    settings: Settings
    fetcher: Fetcher
    store: Store
    store_thread: StoreThread
    writer: PostWriter
    gazetteer: Gazetteer
    rule: RelevanceRule
    tally: SourceTally
    clock: Clock

    @property
    def limit(self) -> int:
        """The most items to fetch from this source now."""
        return self.settings.crawl.max_items_per_source

    @property
    def zone(self) -> ZoneInfo:
        """What a time without a zone means here."""
        return zone_of(self.source)

    def is_on(self, option: str, default: bool) -> bool:
        """An option that says yes or no."""
        value = self.source.options.get(option, "").lower()
        return default if not value else value in {"yes", "ya", "true", "1", "on"}

    async def find_records(self, post_ids: Sequence[str]) -> dict[str, PostRecord]:
        """The known ones among them."""
        return await self.store_thread.call(self.store.find_records, post_ids)

    async def known_ids(self, post_ids: Sequence[str]) -> set[str]:
        """Those among them that are in the record; a few hundred posts in memory at a time."""
        known: set[str] = set()
        for start in range(0, len(post_ids), _ASKED_AT_ONCE):
            known |= set(await self.find_records(post_ids[start : start + _ASKED_AT_ONCE]))
        return known

    async def find_fact_check(self, fact_check_id: str) -> FactCheck | None:
        """A fact-check that is known."""
        return await self.store_thread.call(self.store.find_fact_check, fact_check_id)

    async def put_fact_check(self, fact_check: FactCheck) -> UpsertCounts:
        """Store a fact-check at once; there are few of them."""
        return await self.store_thread.call(self.store.upsert_fact_checks, [fact_check])

    async def add(self, post: Post, response: Fetched | FileRow | None, ticket: Ticket) -> None:
        """Hand a post to the writer, which ends its ticket, or leave it as not relevant."""
        self.tally.count_fields(post)
        post, verdict = self.rule.apply(self.source, read_post(self.gazetteer, post))
        if verdict.kept or await self._is_known(post):
            await self.writer.add(post, response, ticket)
        else:
            ticket.end(Disposition.REFUSED_NOT_RELEVANT, verdict.why)

    async def _is_known(self, post: Post) -> bool:
        """What was kept once is followed on; and nothing is left while nobody can look."""
        try:
            return bool(await self.known_ids([post.id]))
        except StoreUnavailableError:
            return True
