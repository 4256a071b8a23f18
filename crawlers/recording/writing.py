"""Posts to the store in batches, each ticket ended by what became of its post."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

from crawlers.dispositions import Disposition
from crawlers.fetching.fetcher import Fetched
from crawlers.recording.evidence import EvidenceFile, FileRow
from crawlers.recording.privacy import Privacy
from crawlers.recording.tally import Ticket
from indices.documents import Post, PostVersion, SourceKind
from indices.errors import StoreError, StoreUnavailableError
from indices.store import Store

BATCH_POSTS = 100
BATCH_BYTES = 16_000_000
FLUSH_SECONDS = 2.0
_MOST_VERSIONS = 20

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class StoreThread:
    """All calls to the store from one thread, so that fetching goes on meanwhile."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    async def call(
        self,
        function: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run it there and wait."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: function(*args, **kwargs))

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()


@dataclass(frozen=True, slots=True)
class _Pending:
    post: Post
    response: Fetched | FileRow | None
    ticket: Ticket


class PostWriter:
    """Collects posts, and writes them when there are enough or when they have waited enough."""

    def __init__(
        self, store: Store, thread: StoreThread, evidence: EvidenceFile, privacy: Privacy
    ) -> None:
        self._store = store
        self._privacy = privacy
        self._thread = thread
        self._evidence = evidence
        self._pending: list[_Pending] = []
        self._bytes = 0
        self._lock = asyncio.Lock()
        self.failure: StoreError | None = None
        """The first error of the store: the crawl must stop."""

    async def add(self, post: Post, response: Fetched | FileRow | None, ticket: Ticket) -> None:
        """Take a post; returns at once unless a batch is full."""
        self._pending.append(_Pending(post, response, ticket))
        self._bytes += len(response.body) if response else 0
        if len(self._pending) >= BATCH_POSTS or self._bytes >= BATCH_BYTES:
            await self.flush()

    async def flush(self) -> None:
        """Write what waits; when this returns, every ticket given before has ended."""
        async with self._lock:
            batch, self._pending, self._bytes = self._pending, [], 0
            if batch:
                await self._write(batch)

    async def flush_now_and_then(self) -> None:
        """Run until cancelled."""
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(FLUSH_SECONDS)
                await self.flush()

    async def _write(self, batch: Sequence[_Pending]) -> None:
        try:
            ends = await self._thread.call(self._write_batch, batch)
        except StoreError as error:
            self.failure = self.failure or error
            ends = [(Disposition.FAILED_STORE, str(error))] * len(batch)
        except OSError as error:
            text = f"evidence could not be written ({error.strerror}); make room on the disk"
            self.failure = self.failure or StoreError(text)
            ends = [(Disposition.FAILED_STORE, text)] * len(batch)
        except Exception as error:  # noqa: BLE001 (one poisoned post never stops a batch)
            if len(batch) > 1:
                for pending in batch:
                    await self._write([pending])
                return
            ends = [(Disposition.FAILED_PARSE, f"{type(error).__name__}: {error}"[:300])]
        for pending, (disposition, detail) in zip(batch, ends, strict=True):
            pending.ticket.end(disposition, detail)

    def _write_batch(self, batch: Sequence[_Pending]) -> list[tuple[Disposition, str]]:
        """In the store's thread: evidence first, then the posts that name it."""
        known = self._find_known([pending.post.id for pending in batch])
        changed: dict[str, Post] = {}
        ends = []
        for pending in batch:
            before = known.get(pending.post.id)
            post = settle(before, self._privacy.protect(pending.post))
            if post is not None:
                evidence = self._evidence.keep(pending.response) if pending.response else ""
                post = replace(post, evidence=evidence)
                changed[post.id] = known[post.id] = post
            ends.append((_disposition(before, post), ""))
        self._evidence.flush()
        if changed and self._store.upsert_posts(list(changed.values())).spooled:
            later = (Disposition.STORED_LATER, "")
            return [end if end[0] is Disposition.DUPLICATE else later for end in ends]
        return ends

    def _find_known(self, post_ids: Sequence[str]) -> dict[str, Post]:
        """None of them while the index is away: it may still keep a write for later."""
        try:
            records = self._store.find_records(post_ids)
        except StoreUnavailableError:
            return {}
        return {post_id: record.post for post_id, record in records.items()}


def settle(before: Post | None, now: Post) -> Post | None:
    """What to store of a post that was found (again); None when nothing has changed.

    A post found at two sources stays with the first, unless the second is the press itself:
    the press guard must not depend on who linked to an article first.
    """
    if before is None:
        return now
    if before.source_id != now.source_id and now.source_kind is not SourceKind.PRESS:
        now = replace(
            now,
            source_id=before.source_id,
            source_kind=before.source_kind,
            region=before.region,
            section=before.section,
        )
    elif before.source_id != now.source_id and before.source_kind is SourceKind.PRESS:
        now = replace(now, source_id=before.source_id, region=before.region)
    now = replace(now, versions=_versions(before, now))
    aside = replace(now, collected_at=before.collected_at, evidence=before.evidence)
    return None if aside == before else replace(now, collected_at=before.collected_at)


def _versions(before: Post, now: Post) -> tuple[PostVersion, ...]:
    """The wordings before this one: an article that was changed in silence stays visible."""
    if before.text_hash == now.text_hash:
        return before.versions
    last = PostVersion(
        title=before.title,
        text_hash=before.text_hash,
        replaced_at=now.collected_at,
        characters=len(before.text),
        evidence=before.evidence,
    )
    return (*before.versions, last)[-_MOST_VERSIONS:]


def _disposition(before: Post | None, post: Post | None) -> Disposition:
    if post is None:
        return Disposition.DUPLICATE
    return Disposition.STORED if before is None else Disposition.UPDATED
