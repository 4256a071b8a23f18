"""Searching the embedded store: filters over columns, words by FTS5, meaning by exact cosine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indices.documents import PostRecord
from indices.embedded.columns import ColumnCache, Columns
from indices.embedded.connection import Database
from indices.embedded.counts import count_values
from indices.embedded.filters import Mask, filtered
from indices.embedded.matching import Matches, matches, matches_of_any
from indices.embedded.paging import Position, best, page_of
from indices.embedded.posts import Posts
from indices.embedded.rows import batches
from indices.embedded.vectors import VectorCache
from indices.errors import BadInputError
from indices.queries import CountField, Hit, Order, Page, PostQuery
from indices.ranking import FUSION_DEPTH, decode_cursor, encode_cursor, fuse
from indices.store import FloatArray
from indices.text import query_terms

_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What a query finds, each row with the value that it is sorted by."""

    columns: Columns
    found: Matches
    name: str
    """Of the order, for the cursor."""

    def position(self, cursor: str) -> Position:
        """The sort value and post id behind which the page starts."""
        score, post_id = decode_cursor(cursor, self.name, (self._number_type, str))
        if not isinstance(score, int | float) or not isinstance(post_id, str):
            raise BadInputError("cursor: was not made by this search; ask for the first page again")
        return score, post_id

    @property
    def _number_type(self) -> type:
        return int if self.found.scores.dtype.kind == "i" else float


class Search(Posts):
    """Questions about posts."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._columns = ColumnCache()
        self._vectors = VectorCache()

    def search(
        self,
        query: PostQuery,
        *,
        vector: FloatArray | None = None,
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        """Find posts; with a vector, words and meaning are ranked apart and fused."""
        if not 1 <= limit <= 1000:
            raise BadInputError(f"limit: {limit} is not between 1 and 1,000")
        with self._database.reading() as connection:
            ranked = self._ranked(connection, query, vector)
            after = None if cursor is None else ranked.position(cursor)
            chosen, more = page_of(ranked.columns, ranked.found, limit, after)
            hits = self._hits(ranked.columns, chosen)
        next_cursor = None
        if more:
            row, score = chosen[-1]
            next_cursor = encode_cursor(ranked.name, (score, ranked.columns["id"][row]))
        return Page(hits=tuple(hits), total=len(ranked.found.rows), next_cursor=next_cursor)

    def find_similar(self, post_id: str, *, limit: int = 10) -> list[Hit]:
        """More like this: by vector where the post has one, else by its words; never itself."""
        with self._database.reading() as connection:
            columns = self._columns.current(connection)
            row = connection.execute(
                "SELECT number, vector, title || ' ' || text FROM posts"
                " JOIN post_words ON post_words.rowid = number LEFT JOIN vectors USING (number)"
                " WHERE posts.id = ?",
                [post_id],
            ).fetchone()
            if row is None:
                return []
            number, vector, words = row
            if vector:
                found = self._by_meaning(
                    connection, columns, np.frombuffer(vector, dtype="<f4"), limit + 1
                )
            else:
                found = matches_of_any(connection, columns, query_terms(words))
            others = columns["number"][found.rows] != number
            found = Matches(found.rows[others], found.scores[others])
            chosen, _ = page_of(columns, found, limit, None)
            return self._hits(columns, chosen)

    def count_by(
        self, query: PostQuery, fields: Sequence[CountField], *, timezone: str = "UTC"
    ) -> Mapping[CountField, Mapping[str, int]]:
        """How many matching posts carry each value."""
        with self._database.reading() as connection:
            columns = self._columns.current(connection)
            rows = self._matching(connection, columns, query).rows
        return {field: count_values(columns, rows, field, timezone) for field in fields}

    def iter_records(self, query: PostQuery | None = None) -> Iterator[PostRecord]:
        """Every matching post once, by id; those that go meanwhile are left out."""
        if query is None:
            yield from self._iter_all_records()
            return
        with self._database.reading() as connection:
            columns = self._columns.current(connection)
            rows = self._matching(connection, columns, query).rows
        for batch in batches(sorted(columns["id"][rows]), _BATCH):
            found = self.find_records(batch)
            yield from (found[post_id] for post_id in batch if post_id in found)

    def _ranked(
        self, connection: sqlite3.Connection, query: PostQuery, vector: FloatArray | None
    ) -> _Ranked:
        columns = self._columns.current(connection)
        if query.order is Order.RELEVANCE and vector is not None:
            return _Ranked(columns, self._fused(connection, columns, query, vector), "hybrid")
        found = self._matching(connection, columns, query)
        if query.order is Order.RELEVANCE and query.text.strip():
            return _Ranked(columns, found, "words")
        if query.order is Order.PROBABILITY:
            keys = np.nan_to_num(columns["probability"][found.rows], nan=-1.0)
        else:
            keys = columns["newest"][found.rows]
        return _Ranked(columns, Matches(found.rows, keys), query.order.value)

    def _matching(
        self, connection: sqlite3.Connection, columns: Columns, query: PostQuery
    ) -> Matches:
        mask = filtered(columns, query)
        if not query.text.strip():
            rows = np.flatnonzero(mask)
            return Matches(rows, np.zeros(len(rows)))
        found = matches(connection, columns, query_terms(query.text))
        kept = mask[found.rows]
        return Matches(found.rows[kept], found.scores[kept])

    def _fused(
        self,
        connection: sqlite3.Connection,
        columns: Columns,
        query: PostQuery,
        vector: FloatArray,
    ) -> Matches:
        mask = filtered(columns, query)
        orders = [self._by_meaning(connection, columns, vector, FUSION_DEPTH, mask).rows]
        if query.text.strip():
            words = self._matching(connection, columns, query)
            orders.append(best(words, FUSION_DEPTH).rows)
        fused = fuse(*(order.tolist() for order in orders))
        return Matches(np.array(list(fused), np.intp), np.array(list(fused.values()), np.float64))

    def _by_meaning(
        self,
        connection: sqlite3.Connection,
        columns: Columns,
        vector: FloatArray,
        depth: int,
        mask: Mask | None = None,
    ) -> Matches:
        """The nearest posts, nearest first."""
        rows, cosines = self._vectors.cosines(connection, columns, vector, mask)
        return best(Matches(rows, cosines), depth)

    def _hits(self, columns: Columns, chosen: Sequence[tuple[int, float]]) -> list[Hit]:
        ids = [columns["id"][row] for row, _ in chosen]
        records = self.find_records(ids)
        return [
            Hit(record=records[post_id], score=score)
            for post_id, (_, score) in zip(ids, chosen, strict=True)
            if post_id in records
        ]
