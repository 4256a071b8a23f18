"""Assessments and vectors in the embedded store: what the classifier writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from indices.documents import Assessment, Post
from indices.embedded.connection import Part
from indices.embedded.rows import batches, body_of, mark_changed, numbers_of, writable
from indices.embedded.waiting import BATCH, iter_waiting, waiting
from indices.errors import DimensionMismatchError
from indices.identity import model_family
from indices.store import FloatArray

_FAMILY = "substr(assessments.model, 1, instr(assessments.model || '+', '+') - 1)"
_UNREAD = waiting(
    "LEFT JOIN assessments USING (number)",
    f"(assessments.number IS NULL OR {_FAMILY} <> ? OR assessments.text_hash <> posts.text_hash)",
)


class Assessments(Part):
    """The classifier's part of the store."""

    def iter_unassessed(self, model: str, *, limit: int | None = None) -> Iterator[Post]:
        """Posts that this model has not read as they are now; oldest first."""
        return iter_waiting(self._database, _UNREAD, limit, model_family(model))

    def put_assessments(
        self, assessments: Sequence[Assessment], vectors: FloatArray | None = None
    ) -> None:
        """Write what the classifier says; assessments of unknown posts are left out."""
        places_by_id = {item.post_id: place for place, item in enumerate(assessments)}
        for batch in batches(places_by_id, BATCH):
            with self._database.writing() as connection:
                known = {
                    number: places_by_id[key]
                    for key, number in numbers_of(connection, batch).items()
                }
                insert_assessments(
                    connection, {number: assessments[place] for number, place in known.items()}
                )
                if vectors is not None:
                    insert_vectors(
                        connection, {number: vectors[place] for number, place in known.items()}
                    )
                mark_changed(connection, known)

    def find_vector(self, post_id: str) -> FloatArray | None:
        """Shape (n_dims,), float32, unit length."""
        sql = "SELECT vector FROM vectors JOIN posts USING (number) WHERE posts.id = ?"
        with self._database.reading() as connection:
            row = connection.execute(sql, [post_id]).fetchone()
        return np.frombuffer(row[0], dtype="<f4").astype(np.float32) if row else None


def insert_assessments(
    connection: sqlite3.Connection, assessments: Mapping[int, Assessment]
) -> None:
    """Write or replace assessments, given by post number."""
    clean = {number: writable(item) for number, item in assessments.items()}
    connection.executemany(
        "INSERT OR REPLACE INTO assessments VALUES (?, ?, ?, ?, ?, ?)",
        [_row(number, item) for number, item in clean.items()],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO assessment_bodies VALUES (?, ?)",
        [(number, body_of(item)) for number, item in clean.items()],
    )


def insert_vectors(connection: sqlite3.Connection, vectors: Mapping[int, FloatArray]) -> None:
    """Write or replace vectors, given by post number.

    Raises:
        DimensionMismatchError: the store holds vectors of another size.
    """
    if not vectors:
        return
    row = connection.execute("SELECT length(vector) / 4 FROM vectors LIMIT 1").fetchone()
    sizes = {vector.size for vector in vectors.values()} | ({row[0]} if row else set())
    if len(sizes) > 1:
        raise DimensionMismatchError(
            f"vectors of {' and '.join(map(str, sorted(sizes)))} dimensions cannot be mixed;"
            " name the encoder that made the stored ones, or start an empty store"
        )
    connection.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
        [(number, vector.astype("<f4").tobytes()) for number, vector in vectors.items()],
    )


def _row(number: int, item: Assessment) -> tuple[object, ...]:
    return (
        number,
        item.model,
        item.text_hash,
        item.probability,
        item.flagged,
        item.topic,
    )
