"""What searches filter, sort and count by, as numpy columns that follow the file.

A snapshot never changes; catching up with a writer makes a new one from the old one and the
posts that changed since. A hundred thousand posts take about 10 MB.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEVER = -(2**63)
"""In `published`, where the source gave no time."""
SEVERAL = "\n"
"""Parts the values of a column that holds several; `places` does."""
TEXTS = (
    "source_id",
    "source_kind",
    "platform",
    "language",
    "region",
    "places",
    "topic",
    "status",
    "case_id",
)
_SELECT = """
    SELECT posts.number, posts.id, collected, published, coalesce(published, collected),
        term_count, coalesce(flagged, -1), probability,
        source_id, source_kind, platform, language, region, places,
        coalesce(topic, ''), coalesce(status, 'new'), coalesce(case_id, '')
    FROM posts LEFT JOIN assessments USING (number) LEFT JOIN reviews USING (number)
"""
_ALL = f"{_SELECT} ORDER BY posts.number"
_CHANGED = f"{_SELECT} WHERE posts.number IN (SELECT number FROM changes WHERE change > ?)"
_CHUNK = 5000
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

    def holding(self, values: Sequence[str]) -> list[int]:
        """Codes of those that hold any of the values, where one holds several."""
        wanted = set(values)
        return [
            code
            for code, held in enumerate(self.values)
            if not wanted.isdisjoint(held.split(SEVERAL))
        ]

    def known(self, values: Sequence[str]) -> list[int]:
        """Codes of those values that occur."""
        return [self._codes[value] for value in values if value in self._codes]


@dataclass(frozen=True, slots=True)
class Columns:
    """One snapshot; a post is a row, rows ascend by post number."""

    change: int
    arrays: Mapping[str, NDArray[Any]]
    words: Mapping[str, Words]
    places: NDArray[np.intp]
    """By post number, counted from the first post's: its row, or -1."""
    matched: dict[str, NDArray[np.intp]] = field(default_factory=dict)
    """Rows that full-text search found: a page asks for hits and facets of the same words."""

    @classmethod
    def of(
        cls, change: int, arrays: Mapping[str, NDArray[Any]], words: Mapping[str, Words]
    ) -> Columns:
        """A snapshot of arrays that ascend by number."""
        numbers = arrays["number"]
        places = np.full(numbers[-1] - numbers[0] + 1 if len(numbers) else 0, -1, np.intp)
        places[numbers - numbers[:1]] = np.arange(len(numbers))
        return cls(change, arrays, words, places)

    def __len__(self) -> int:
        return len(self.arrays["number"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.arrays[name]

    def rows_of(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """Rows of those posts that are in this snapshot, in the order given."""
        rows = self.locate(numbers)
        return rows[rows >= 0]

    def locate(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """For each post number its row, or -1."""
        if not len(self):
            return np.full(len(numbers), -1, np.intp)
        places = numbers - self["number"][0]
        inside = (places >= 0) & (places < len(self.places))
        return np.where(inside, self.places[np.where(inside, places, 0)], -1)


class ColumnCache:
    """The newest snapshot, shared by the threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        words = {name: Words() for name in TEXTS}
        self._columns = Columns.of(0, _arrays([], words), words)

    def current(self, connection: sqlite3.Connection) -> Columns:
        """The snapshot with everything that the connection's transaction sees."""
        newest = connection.execute("SELECT coalesce(max(change), 0) FROM changes").fetchone()[0]
        with self._lock:
            if newest > self._columns.change:
                self._columns = _caught_up(self._columns, connection, newest)
            if newest < self._columns.change:
                # Another thread sees more than this transaction, whose finds would be too few.
                return replace(self._columns, matched={})
            return self._columns


def _caught_up(columns: Columns, connection: sqlite3.Connection, newest: int) -> Columns:
    if not columns.change:
        return Columns.of(newest, _read(connection.execute(_ALL), columns.words), columns.words)
    since = [columns.change]
    gone = connection.execute("SELECT number FROM changes WHERE change > ?", since).fetchall()
    kept = np.ones(len(columns), np.bool_)
    kept[columns.rows_of(np.array(gone, np.int64).ravel())] = False
    fresh = _read(connection.execute(_CHANGED, since), columns.words)
    arrays = {
        name: np.concatenate([array[kept], fresh[name]]) for name, array in columns.arrays.items()
    }
    if not np.all(arrays["number"][:-1] < arrays["number"][1:]):  # known posts changed
        order = np.argsort(arrays["number"], kind="stable")
        arrays = {name: array[order] for name, array in arrays.items()}
    return Columns.of(newest, arrays, columns.words)


def _read(cursor: sqlite3.Cursor, words: Mapping[str, Words]) -> dict[str, NDArray[Any]]:
    """In chunks, since rows as Python objects take ten times the room."""
    chunks = [_arrays([], words)]
    while rows := cursor.fetchmany(_CHUNK):
        chunks.append(_arrays(rows, words))
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}


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
