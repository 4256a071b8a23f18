"""Fact-checks in the embedded store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indices.codec import document_from_json
from indices.documents import FactCheck
from indices.embedded.connection import Part
from indices.embedded.rows import batches, body_of, places, writable
from indices.queries import UpsertCounts
from indices.text import query_terms, terms

BATCH = 500


class FactChecks(Part):
    """The fact-checks' part of the store."""

    def upsert_fact_checks(self, fact_checks: Sequence[FactCheck]) -> UpsertCounts:
        """Add or refresh by id; `collected_at` of a known one stays."""
        distinct = {item.id: item for item in map(writable, fact_checks)}
        created = updated = 0
        for batch in batches(distinct.values(), BATCH):
            with self._database.writing() as connection:
                known = _stored(connection, batch)
                for item in batch:
                    stored = known.get(item.id)
                    if stored is None:
                        created += 1
                        _put(connection, item)
                    elif (kept := replace(item, collected_at=stored.collected_at)) != stored:
                        updated += 1
                        _put(connection, kept)
        unchanged = len(distinct) - created - updated
        return UpsertCounts(created=created, updated=updated, unchanged=unchanged)

    def find_fact_check(self, fact_check_id: str) -> FactCheck | None:
        """By id."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT body FROM fact_checks WHERE id = ?", [fact_check_id]
            ).fetchone()
        return document_from_json(FactCheck, row[0]) if row else None

    def iter_fact_checks(self) -> Iterator[FactCheck]:
        """All, by id."""
        sql = f"SELECT id, body FROM fact_checks WHERE id > ? ORDER BY id LIMIT {BATCH}"
        rows: list[tuple[str, str]] = [("", "")]
        while rows:
            with self._database.reading() as connection:
                rows = connection.execute(sql, [rows[-1][0]]).fetchall()
            for _, body in rows:
                yield document_from_json(FactCheck, body)

    def search_fact_checks(self, text: str, *, limit: int = 10) -> list[FactCheck]:
        """By words of title and claim, any of them, best first."""
        wanted = " OR ".join(f'"{term}"' for term in query_terms(text))
        if not wanted:
            return []
        sql = """
            SELECT body FROM fact_check_words JOIN fact_checks ON number = fact_check_words.rowid
            WHERE fact_check_words MATCH ? ORDER BY bm25(fact_check_words), id LIMIT ?
        """
        with self._database.reading() as connection:
            rows = connection.execute(sql, (wanted, limit)).fetchall()
        return [document_from_json(FactCheck, body) for (body,) in rows]

    def delete_fact_check(self, fact_check_id: str) -> bool:
        """True if there was one."""
        with self._database.writing() as connection:
            row = connection.execute(
                "DELETE FROM fact_checks WHERE id = ? RETURNING number", [fact_check_id]
            ).fetchone()
            if row:
                connection.execute("DELETE FROM fact_check_words WHERE rowid = ?", row)
        return row is not None


def _stored(connection: sqlite3.Connection, batch: Sequence[FactCheck]) -> dict[str, FactCheck]:
    sql = f"SELECT id, body FROM fact_checks WHERE id IN ({places(len(batch))})"
    rows = connection.execute(sql, [item.id for item in batch])
    return {fact_check_id: document_from_json(FactCheck, body) for fact_check_id, body in rows}


def _put(connection: sqlite3.Connection, item: FactCheck) -> None:
    (number,) = connection.execute(
        "INSERT INTO fact_checks (id, body) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET body = excluded.body RETURNING number",
        (item.id, body_of(item)),
    ).fetchone()
    connection.execute(
        "INSERT OR REPLACE INTO fact_check_words (rowid, terms) VALUES (?, ?)",
        (number, " ".join(terms(f"{item.title}\n{item.claim}"))),
    )
