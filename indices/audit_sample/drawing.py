"""Which posts were drawn on which day: one line a day in the data directory, never changed."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from indices.histories import append_line, read_lines

FILE = "sample.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSample:
    """One day's draw."""

    drawn_on: date
    """In the office's time zone; no day is drawn twice."""
    drawn_at: datetime
    post_ids: tuple[str, ...]
    population: int
    """Unflagged posts that chance chose from."""


def draw(post_ids: Iterable[str], day: date, size: int) -> tuple[str, ...]:
    """A sample that is random, and the same for the same posts and day."""
    return tuple(heapq.nsmallest(size, post_ids, key=lambda post_id: _chance(day, post_id)))


def append_sample(home: Path, sample: DrawnSample) -> None:
    """Keep a day's draw."""
    append_line(home / FILE, sample)


def read_samples(home: Path) -> list[DrawnSample]:
    """Newest first."""
    return read_lines(home / FILE, DrawnSample)


def _chance(day: date, post_id: str) -> bytes:
    return hashlib.sha256(f"{day.isoformat()} {post_id}".encode("utf-8", "surrogatepass")).digest()
