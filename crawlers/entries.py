"""Links to articles as feeds and sitemaps name them, and what became of them last time."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from indices.identity import post_id

MEMORY_KEY = "entries"
_FEWEST_KNOWN = 3
"""Links: a feed that shows only its newest one or two turns over whenever something happens."""


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


class Entries(Protocol):
    """Links of a source, in the order in which they are to be fetched."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Entry]: ...


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a link ended when it was last fetched."""

    fingerprint: str
    outcome: str
    """The id of the post it became, or a lasting disposition."""


class EntryMemory:
    """What became of the links that a feed still shows; forgets those it no longer shows.

    Both are kept in a temporary database that spills to disk, so that a sitemap of 50,000 links
    takes no more memory than a feed of fifty.
    """

    def __init__(self, memory: Mapping[str, str]) -> None:
        self._links = open_on_disk()
        for name in ("before", "now"):
            self._links.execute(
                f"CREATE TABLE {name} (key TEXT PRIMARY KEY, fingerprint TEXT, outcome TEXT)"
                " WITHOUT ROWID"
            )
        self._links.execute("CREATE TABLE met (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._links.executemany(
            "INSERT OR REPLACE INTO before VALUES (?, ?, ?)",
            _iter_memory(memory.get(MEMORY_KEY, "")),
        )

    def addresses(self) -> Iterator[str]:
        """The keys of the links known from the last crawl."""
        return (key for (key,) in self._links.execute("SELECT key FROM before"))

    def find(self, entry: Entry) -> Remembered | None:
        """How it ended last time."""
        found = "SELECT fingerprint, outcome FROM before WHERE key = ?"
        row = self._links.execute(found, (entry.key,)).fetchone()
        return Remembered(*row) if row else None

    def meets_again(self, entry: Entry) -> bool:
        """The feed names it twice."""
        first = self._links.execute("INSERT OR IGNORE INTO met VALUES (?)", (entry.key,))
        return not first.rowcount

    @property
    def has_turned_over(self) -> bool:
        """None of the links known from the last crawl was met again, and there were some."""
        known = self._links.execute("SELECT count(*) FROM before").fetchone()[0]
        again = self._links.execute("SELECT 1 FROM before JOIN met USING (key) LIMIT 1").fetchone()
        met = self._links.execute("SELECT 1 FROM met LIMIT 1").fetchone()
        return known >= _FEWEST_KNOWN and bool(met) and not again

    def keep(self, entry: Entry, outcome: str) -> None:
        """Remember for the next crawl."""
        self._keep(entry.key, Remembered(entry.fingerprint, outcome))

    def keep_as_before(self, entry: Entry) -> None:
        """A change that could not be fetched now is still a change tomorrow."""
        if before := self.find(entry):
            self._keep(entry.key, before)

    def dump(self) -> str:
        """For `CrawlState.values`: a line a link, without its outcome where that is its key."""
        written = bytearray()
        for key, fingerprint, outcome in self._links.execute("SELECT * FROM now"):
            end = "" if outcome == key else f" {outcome}"
            written += f"{key} {fingerprint}{end}\n".encode()
        return written.decode()

    def _keep(self, key: str, end: Remembered) -> None:
        row = (key, end.fingerprint, end.outcome)
        self._links.execute("INSERT OR REPLACE INTO now VALUES (?, ?, ?)", row)


def open_on_disk() -> sqlite3.Connection:
    """A database of this process's own that keeps half a MiB in memory, and goes with it."""
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA cache_size = -512")
    return database


def _iter_memory(text: str) -> Iterator[tuple[str, str, str]]:
    """A memory that cannot be read costs fetching again, nothing more."""
    if text.startswith("{"):
        yield from _iter_old_memory(text)
        return
    for line in io.StringIO(text):
        words = line.split()
        if len(words) in {2, 3}:
            yield words[0], words[1], words[-1] if len(words) == 3 else words[0]


def _iter_old_memory(text: str) -> Iterator[tuple[str, str, str]]:
    """As installations wrote it until a memory was to hold 50,000 links: one JSON object."""
    with suppress(ValueError, TypeError, AttributeError):
        for key, (fingerprint, outcome) in json.loads(text).items():
            yield key, str(fingerprint), str(outcome)
