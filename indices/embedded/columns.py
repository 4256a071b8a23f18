"""What searches filter, sort and count by, as numpy columns that follow the file.

A snapshot never changes; catching up with a writer makes a new one from the old one and the
posts that changed since. A hundred thousand posts take about 10 MB.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEVER = -(2**63)
"""In `published`, where the source gave no time."""
TEXTS = (
    "source_id",
    "source_kind",
    "platform",
    "language",
    "region",
    "topic",
    "status",
    "case_id",
)
_SELECT = """
    SELECT posts.number, posts.id, collected, published, coalesce(published, collected),
        term_count, coalesce(flagged, -1), probability,
        source_id, source_kind, platform, language, region,
        coalesce(topic, ''), coalesce(status, 'new'), coalesce(case_id, '')
    FROM posts LEFT JOIN assessments USING (number) LEFT JOIN reviews USING (number)
"""
_ALL = f"{_SELECT} ORDER BY posts.number"
_CHANGED = f"{_SELECT} WHERE posts.number IN (SELECT number FROM changes WHERE change > ?)"  # noqa: S608
_DTYPES = (np.int64, np.object_, np.int64, np.int64, np.int64, np.int32, np.int8, np.float64)
_NAMES = ("number", "id", "collected", "published", "newest", "terms", "flagged", "probability")


class Words:
    """The distinct values of one text column, each with its code."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._codes: dict[str, int] = {}

    def codes(self, values: Sequence[str]) -> NDArray[np.int32]:
        """Codes of the values, new ones for new values."""
        for value in dict.fromkeys(values):
            if value not in self._codes:
                self._codes[value] = len(self.values)
                self.values.append(value)
        return np.fromiter(map(self._codes.__getitem__, values), np.int32, len(values))

    def known(self, values: Sequence[str]) -> list[int]:
        """Codes of those values that occur."""
        return [self._codes[value] for value in values if value in self._codes]


@dataclass(frozen=True, slots=True)
class Columns:
    """One snapshot; a post is a row, rows ascend by post number."""

    change: int
    arrays: Mapping[str, NDArray[Any]]
    words: Mapping[str, Words]

    def __len__(self) -> int:
        return len(self.arrays["number"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """Rows of those posts that are in this snapshot, in the order given."""
        rows, found = self.locate(numbers)
        return rows[found]

    def locate(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """For each number its row, and whether it has one."""
        known = self["number"]
        if not len(known):
            return np.zeros(len(numbers), np.intp), np.zeros(len(numbers), np.bool_)
        rows = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        return rows, known[rows] == numbers


class ColumnCache:
    """The newest snapshot, shared by the threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        words = {name: Words() for name in TEXTS}
        self._columns = Columns(0, _arrays([], words), words)

    def current(self, connection: sqlite3.Connection) -> Columns:
        """The snapshot with everything that the connection's transaction sees."""
        newest = connection.execute("SELECT coalesce(max(change), 0) FROM changes").fetchone()[0]
        with self._lock:
            if newest > self._columns.change:
                self._columns = _caught_up(self._columns, connection, newest)
            return self._columns


def _caught_up(columns: Columns, connection: sqlite3.Connection, newest: int) -> Columns:
    if not columns.change:
        rows = connection.execute(_ALL).fetchall()
        return Columns(newest, _arrays(rows, columns.words), columns.words)
    since = [columns.change]
    gone = connection.execute("SELECT number FROM changes WHERE change > ?", since).fetchall()
    fresh = _arrays(connection.execute(_CHANGED, since).fetchall(), columns.words)
    kept = ~np.isin(columns["number"], np.array(gone, np.int64).ravel())
    joined = {
        name: np.concatenate([array[kept], fresh[name]]) for name, array in columns.arrays.items()
    }
    order = np.argsort(joined["number"], kind="stable")
    arrays = {name: array[order] for name, array in joined.items()}
    return Columns(newest, arrays, columns.words)


def _arrays(rows: Sequence[Sequence[Any]], words: Mapping[str, Words]) -> dict[str, NDArray[Any]]:
    columns = list(zip(*rows, strict=True)) or [()] * (len(_NAMES) + len(TEXTS))
    columns[3] = tuple(NEVER if value is None else value for value in columns[3])
    arrays: dict[str, NDArray[Any]] = {
        name: np.array(values, dtype)
        for name, dtype, values in zip(_NAMES, _DTYPES, columns[: len(_NAMES)], strict=True)
    }
    for name, values in zip(TEXTS, columns[len(_NAMES) :], strict=True):
        arrays[name] = words[name].codes(values)
    return arrays
