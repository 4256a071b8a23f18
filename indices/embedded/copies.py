"""Which posts have the same text, in the embedded store."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from indices.documents import Copy, Post
from indices.embedded.connection import Part
from indices.embedded.counts import BATCH, count_by_group
from indices.embedded.rows import batches, numbers_of, places
from indices.embedded.waiting import iter_waiting, waiting

_OLDEST_PER_KEY = 32
"""Posts with the same text share all their keys: the first of them lead to the others' group."""
_UNGROUPED = waiting(
    "LEFT JOIN copies USING (number)",
    "(copies.number IS NULL OR copies.text_hash <> posts.text_hash)",
)
_SELECT = """
    SELECT copies.number, id, copies.text_hash, group_id, keys, like_id, similarity, sketch
    FROM copies JOIN posts USING (number)
"""


class Copies(Part):
    """The copies' part of the store."""

    def iter_ungrouped(self, *, limit: int | None = None) -> Iterator[Post]:
        """Posts whose present text was not compared yet; oldest first."""
        return iter_waiting(self._database, _UNGROUPED, limit)

    def find_alike(self, keys: Sequence[Sequence[int]], *, limit: int = 12) -> list[list[Copy]]:
        """For each set of keys the posts that share most of them, then the oldest."""
        with self._database.reading() as connection:
            nearest = [_nearest(connection, own, limit) for own in keys]
            known = _read(connection, {number for numbers in nearest for number in numbers})
        return [[known[number] for number in numbers if number in known] for numbers in nearest]

    def put_copies(self, copies: Sequence[Copy]) -> None:
        """Write or replace, by post; those of unknown posts are left out."""
        for batch in batches(copies, BATCH):
            with self._database.writing() as connection:
                numbers = numbers_of(connection, [copy.post_id for copy in batch])
                known = {numbers[c.post_id]: c for c in batch if c.post_id in numbers}
                forget_keys(connection, known)
                _insert(connection, known)

    def find_copies(self, post_ids: Sequence[str]) -> dict[str, Copy]:
        """By post id, for those that were compared."""
        found: dict[str, Copy] = {}
        for batch in batches(dict.fromkeys(post_ids), BATCH):
            with self._database.reading() as connection:
                copies = _read(connection, numbers_of(connection, batch).values())
            found |= {copy.post_id: copy for copy in copies.values()}
        return found

    def iter_group(self, group_id: str) -> Iterator[Copy]:
        """All posts of one text, oldest first."""
        sql = f"{_SELECT} WHERE group_id = ? ORDER BY collected, copies.number"
        with self._database.reading() as connection:
            rows = connection.execute(sql, [group_id]).fetchall()
        yield from map(_copy_of, rows)

    def count_groups(self, group_ids: Sequence[str]) -> dict[str, int]:
        """How many posts each of the groups has."""
        return count_by_group(self._database, "copies", group_ids)


def forget_keys(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Before the copies of these posts go or get other keys."""
    pairs = [(key, copy[0]) for copy in _rows(connection, numbers) for key in _unpack(copy[4])]
    connection.executemany("DELETE FROM copy_keys WHERE key = ? AND number = ?", pairs)


def _insert(connection: sqlite3.Connection, copies: Mapping[int, Copy]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                copy.text_hash,
                copy.group_id,
                copy.like_id,
                copy.similarity,
                np.array(copy.keys, "<i8").tobytes(),
                bytes.fromhex(copy.sketch),
            )
            for number, copy in copies.items()
        ],
    )
    pairs = sorted((key, number) for number, copy in copies.items() for key in copy.keys)
    connection.executemany("INSERT OR IGNORE INTO copy_keys VALUES (?, ?)", pairs)


def _nearest(connection: sqlite3.Connection, keys: Sequence[int], limit: int) -> list[int]:
    sql = f"SELECT number FROM copy_keys WHERE key = ? ORDER BY number LIMIT {_OLDEST_PER_KEY}"
    shared = Counter(row[0] for key in keys for row in connection.execute(sql, [key]))
    return sorted(shared, key=lambda number: (-shared[number], number))[:limit]


def _read(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Copy]:
    return {row[0]: _copy_of(row) for row in _rows(connection, numbers)}


def _rows(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[Sequence[Any]]:
    for batch in batches(numbers, BATCH):
        sql = f"{_SELECT} WHERE copies.number IN ({places(len(batch))})"
        yield from connection.execute(sql, batch).fetchall()


def _copy_of(row: Sequence[Any]) -> Copy:
    _, post_id, text_hash, group_id, keys, like_id, similarity, sketch = row
    return Copy(
        post_id=post_id,
        text_hash=text_hash,
        group_id=group_id,
        keys=_unpack(keys),
        like_id=like_id,
        similarity=similarity,
        sketch=sketch.hex(),
    )


def _unpack(keys: bytes) -> tuple[int, ...]:
    return tuple(np.frombuffer(keys, "<i8").tolist())
