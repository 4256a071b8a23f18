"""A timeline read backwards: what is new first, then what an earlier crawl had to leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.recording.tally import LEFT_OVER
from crawlers.work import SourceWork

_MOST_PAGES = 20_000
_MARKS = ("newest_id", "left_before_id", "left_after_id")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Posts still to read: older than one mark, newer than another; marks are the platform's."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some posts of a timeline, newest first."""

    items: Sequence[Any]
    fetched: Fetched
    newest: str = ""
    """The mark of its newest post."""
    oldest: str = ""
    """Where a later crawl can go on; may read a few posts again, must miss none."""
    cursor: str = ""
    """Asks for the page after this one; empty when there is none."""


class Timeline(Protocol):
    """How one platform gives its pages, and what becomes of one post."""

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """A page of the stretch: the first without a cursor, `most` posts where that can be said.

        Raises:
            FetchError: it cannot be had now; what was read before stays read.
            SourceUnreadableError: the answer is not what this platform gives.
        """
        ...

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one post to its end, whatever it is."""
        ...


async def read_back(
    work: SourceWork, timeline: Timeline, also: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """Read; returns what to remember.

    Args:
        also: what the connector remembers besides the marks.
    """
    memory, reading = work.memory, _Reading(work, timeline)
    newest = memory.get("newest_id", "")
    left = await reading.read(Stretch(after=newest))
    if before := memory.get("left_before_id"):
        earlier = Stretch(before, memory.get("left_after_id", ""))
        if left is not None:
            left = Stretch(left.before, earlier.after)
        else:
            left = await reading.read(earlier) if reading.room else earlier
    await work.writer.flush()
    if _complain_of_layout(work):
        # read again once the connector knows the new layout
        return {**(also or {}), **{name: memory[name] for name in _MARKS if name in memory}}
    marks = {"newest_id": reading.newest or newest}
    if left is not None:
        work.tally.fields[LEFT_OVER] += 1
        marks |= {"left_before_id": left.before, "left_after_id": left.after}
    return {**(also or {}), **{name: mark for name, mark in marks.items() if mark}}


class _Reading:
    """One crawl's way back through a timeline."""

    def __init__(self, work: SourceWork, timeline: Timeline) -> None:
        self._work = work
        self._timeline = timeline
        self._pages = 0
        self.room = work.limit
        """How many more posts may be read now; the last page is taken whole."""
        self.newest = ""

    async def read(self, stretch: Stretch) -> Stretch | None:
        """Read a stretch from its new end; what had to be left of it, None when nothing was."""
        cursor, oldest = "", stretch.before
        for _ in range(_MOST_PAGES):
            try:
                page = await self._timeline.fetch_page(stretch, cursor, self.room)
            except FetchError as error:
                if not self._pages:
                    raise
                # what was read stays read: the next crawl goes on from here
                self._work.tally.error = f"stopped after {self._pages} pages: {error.detail}"
                self.room = 0
                return Stretch(oldest, stretch.after)
            await self._take(page)
            if not stretch.before:
                self.newest = self.newest or page.newest
            if not page.cursor or page.cursor == cursor:
                return None
            cursor, oldest = page.cursor, page.oldest
            if not self.room or self._work.writer.failure:
                return Stretch(oldest, stretch.after)
        return Stretch(oldest, stretch.after)

    async def _take(self, page: Page) -> None:
        self._pages += 1
        for item in page.items:
            await self._timeline.take(item, page.fetched)
        self.room = max(0, self.room - len(page.items))


def _complain_of_layout(work: SourceWork) -> bool:
    """Half of what was found cannot be read: no bad luck, but a platform that has changed."""
    failed, found = work.tally.dispositions[Disposition.FAILED_PARSE], work.tally.found
    if not failed or failed * 2 < found:
        return False
    text = f"{failed} of {found} items could not be read; has the platform changed its layout?"
    work.tally.error = work.tally.error or f"{text} logs/crawl.ndjson names them"
    return True
