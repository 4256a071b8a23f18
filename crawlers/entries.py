"""Links to articles as feeds and sitemaps name them, and what became of them last time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from indices.identity import post_id

MEMORY_KEY = "entries"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A link to an article, with what its feed or sitemap says of it."""

    url: str
    title: str = ""
    summary: str = ""
    """Plain text."""
    author: str = ""
    published_at: datetime | None = None
    published_raw: str = ""
    updated_raw: str = ""
    section: str = ""

    @cached_property
    def key(self) -> str:
        """Names the link in the source's memory."""
        return post_id("web", self.url)

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the feed says that the article changed."""
        said = "\n".join((self.title, self.published_raw, self.updated_raw))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a link ended when it was last fetched."""

    fingerprint: str
    outcome: str
    """The id of the post it became, or a lasting disposition."""


class EntryMemory:
    """What became of the links that a feed still shows; forgets those it no longer shows."""

    def __init__(self, memory: Mapping[str, str]) -> None:
        self._before = _read_memory(memory.get(MEMORY_KEY, ""))
        self._now: dict[str, Remembered] = {}

    def addresses(self) -> list[str]:
        """The keys of the links known from the last crawl."""
        return list(self._before)

    def find(self, entry: Entry) -> Remembered | None:
        """How it ended last time."""
        return self._before.get(entry.key)

    def keep(self, entry: Entry, outcome: str) -> None:
        """Remember for the next crawl."""
        self._now[entry.key] = Remembered(entry.fingerprint, outcome)

    def keep_as_before(self, entry: Entry) -> None:
        """A change that could not be fetched now is still a change tomorrow."""
        if before := self._before.get(entry.key):
            self._now[entry.key] = before

    def dump(self) -> str:
        """For `CrawlState.values`."""
        return json.dumps({k: [m.fingerprint, m.outcome] for k, m in self._now.items()})


def _read_memory(text: str) -> dict[str, Remembered]:
    try:
        return {key: Remembered(*value) for key, value in json.loads(text or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}  # a memory that cannot be read costs fetching again, nothing more
