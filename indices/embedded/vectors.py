"""Vectors of posts in memory, searched exactly: one matrix that follows the file."""

from __future__ import annotations

import sqlite3
import threading

import numpy as np
from numpy.typing import NDArray

from indices.embedded.columns import Columns
from indices.embedded.filters import Mask
from indices.errors import DimensionMismatchError
from indices.store import FloatArray

_ALL = "SELECT number, vector FROM vectors"
_SINCE = f"{_ALL} WHERE number IN (SELECT number FROM changes WHERE change > ?)"
_CHUNK = 2000
_GONE = -1
_ASKED_AT_ONCE = 64
_FEW = 0.2
"""Below this share of all vectors, picking rows out is faster than multiplying them all."""


class VectorCache:
    """All vectors of the store, float32, shared by the threads of one process.

    Rows are written in place, so scoring holds the lock: some milliseconds, bound by memory anyway.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._change = 0
        self._size = 0
        self._numbers = np.zeros(0, np.int64)
        self._matrix = np.zeros((0, 0), np.float32)
        self._rows: dict[int, int] = {}
        self._located: tuple[int, NDArray[np.intp], NDArray[np.intp]] | None = None

    def cosines(
        self,
        connection: sqlite3.Connection,
        columns: Columns,
        vector: FloatArray,
        mask: Mask | None = None,
    ) -> tuple[NDArray[np.intp], FloatArray]:
        """Of every stored vector that the mask lets through with the given one.

        Returns:
            Rows of the snapshot and cosines, both of shape (n_vectors,), in no order.

        Raises:
            DimensionMismatchError: the store holds vectors of another size.
        """
        with self._lock:
            self._follow(connection)
            if not self._rows:
                return np.zeros(0, np.intp), np.zeros(0, np.float32)
            self._check_size(vector)
            places, rows = self._locate(columns)
            if mask is not None:
                wanted = mask[rows]
                places, rows = places[wanted], rows[wanted]
            return rows, self._multiplied(places, vector)

    def nearest(
        self, connection: sqlite3.Connection, columns: Columns, vectors: FloatArray, limit: int
    ) -> list[list[tuple[int, float]]]:
        """For each of many vectors the rows of the nearest posts with their cosines, best first.

        Raises:
            DimensionMismatchError: the store holds vectors of another size.
        """
        with self._lock:
            self._follow(connection)
            if not self._rows or not len(vectors):
                return [[] for _ in vectors]
            self._check_size(vectors[0])
            places, rows = self._locate(columns)
            found = []
            for start in range(0, len(vectors), _ASKED_AT_ONCE):
                asked = vectors[start : start + _ASKED_AT_ONCE]
                found += [
                    _best(rows, cosines[places], limit)
                    for cosines in asked @ self._matrix[: self._size].T
                ]
        return found

    def _follow(self, connection: sqlite3.Connection) -> None:
        newest = connection.execute("SELECT coalesce(max(change), 0) FROM changes").fetchone()[0]
        if newest > self._change:
            self._catch_up(connection)
            self._change, self._located = newest, None

    def _check_size(self, vector: FloatArray) -> None:
        dimensions = self._matrix.shape[1]
        if vector.shape != (dimensions,):
            raise DimensionMismatchError(
                f"the query vector has {vector.size} dimensions, the store's have {dimensions};"
                " use the encoder that made them"
            )

    def _multiplied(self, places: NDArray[np.intp], vector: FloatArray) -> FloatArray:
        # vecdot reads row by row on one core: twice as fast as `@`, which waits for a second.
        if len(places) < _FEW * self._size:
            few: FloatArray = np.vecdot(self._matrix[places], vector)
            return few
        every: FloatArray = np.vecdot(self._matrix[: self._size], vector)
        return every[places]

    def _locate(self, columns: Columns) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Which vectors are of posts in the snapshot, and their rows; kept until either moves."""
        if self._located is None or self._located[0] != columns.change:
            rows = columns.locate(self._numbers[: self._size])
            places = np.flatnonzero(rows >= 0)
            self._located = (columns.change, places, rows[places])
        return self._located[1:]

    def _catch_up(self, connection: sqlite3.Connection) -> None:
        if self._change:
            sql = "SELECT number FROM changes WHERE change > ?"
            self._drop([row[0] for row in connection.execute(sql, [self._change])])
            if len(self._rows) < self._size // 2:
                self._forget()
        if self._change:
            cursor = connection.execute(_SINCE, [self._change])
        else:
            self._forget()  # an attempt before may have ended half-way
            (count,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
            self._numbers = np.full(count, _GONE, np.int64)
            cursor = connection.execute(_ALL)
        while rows := cursor.fetchmany(_CHUNK):
            self._add(rows)

    def _drop(self, numbers: list[int]) -> None:
        rows = [self._rows.pop(number) for number in numbers if number in self._rows]
        self._numbers[rows] = _GONE

    def _add(self, found: list[tuple[int, bytes]]) -> None:
        dimensions = len(found[0][1]) // 4
        if self._matrix.shape[1] != dimensions:  # first use, or another encoder's after a purge
            self._matrix = np.zeros((len(self._numbers), dimensions), np.float32)
        self._make_room(len(found))
        start, end = self._size, self._size + len(found)
        self._numbers[start:end] = [number for number, _ in found]
        joined = np.frombuffer(b"".join(blob for _, blob in found), dtype="<f4")
        self._matrix[start:end] = joined.reshape(len(found), dimensions)
        self._rows.update((number, start + place) for place, (number, _) in enumerate(found))
        self._size = end

    def _make_room(self, count: int) -> None:
        needed = self._size + count
        if needed <= len(self._numbers):
            return
        capacity = max(needed, len(self._numbers) * 3 // 2)
        matrix = np.zeros((capacity, self._matrix.shape[1]), np.float32)
        matrix[: self._size] = self._matrix[: self._size]
        numbers = np.full(capacity, _GONE, np.int64)
        numbers[: self._size] = self._numbers[: self._size]
        self._matrix, self._numbers = matrix, numbers


def _best(rows: NDArray[np.intp], cosines: FloatArray, limit: int) -> list[tuple[int, float]]:
    chosen = np.arange(len(cosines))
    if len(cosines) > limit:
        chosen = np.argpartition(-cosines, limit)[:limit]
    chosen = chosen[np.argsort(-cosines[chosen], kind="stable")]
    return list(zip(rows[chosen].tolist(), cosines[chosen].tolist(), strict=True))
