"""Links that wait for their turn on disk: a long sitemap takes no more memory than a short one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime

from crawlers.entries import Entry, open_on_disk


class WaitingEntries:
    """Added in any order, given back newest first."""

    def __init__(self) -> None:
        self._links = open_on_disk()
        self._links.execute(
            "CREATE TABLE waiting (place INTEGER PRIMARY KEY, moment REAL, entry TEXT)"
        )
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, entry: Entry) -> None:
        """One more; without a time it comes after all that have one."""
        moment = entry.published_at.timestamp() if entry.published_at else None
        row = (moment, json.dumps(astuple(entry), default=datetime.isoformat))
        self._links.execute("INSERT INTO waiting (moment, entry) VALUES (?, ?)", row)
        self._count += 1

    def __iter__(self) -> Iterator[Entry]:
        """Newest first; without times the last first, since sitemaps grow at their end."""
        newest = "SELECT entry FROM waiting ORDER BY moment DESC NULLS LAST, place DESC"
        for (text,) in self._links.execute(newest):
            yield _entry(*json.loads(text))


def _entry(*values: str) -> Entry:
    """In the order of its fields."""
    url, title, summary, author, published_at, *raws = values
    moment = datetime.fromisoformat(published_at).astimezone(UTC) if published_at else None
    published_raw, updated_raw, section = raws
    return Entry(
        url=url,
        title=title,
        summary=summary,
        author=author,
        published_at=moment,
        published_raw=published_raw,
        updated_raw=updated_raw,
        section=section,
    )
