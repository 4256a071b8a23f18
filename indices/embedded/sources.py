"""Sources in the embedded store, and how crawling them went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from indices.codec import document_from_json
from indices.documents import CrawlRun, CrawlState, Source
from indices.embedded.connection import Part
from indices.embedded.rows import body_of, microseconds, writable

_PAGE = 500
_RUNS = f"""
    SELECT started, id, body FROM crawl_runs
    WHERE (?1 IS NULL OR source_id = ?1) AND (?2 IS NULL OR started < ?2)
    AND (started, id) > (?3, ?4) ORDER BY started, id LIMIT {_PAGE}
"""


class Sources(Part):
    """What is watched."""

    def put_source(self, source: Source) -> None:
        """Add or replace by id."""
        source = writable(source)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?)",
                (source.id, source.enabled, body_of(source)),
            )

    def find_source(self, source_id: str) -> Source | None:
        """By id."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT body FROM sources WHERE id = ?", [source_id]
            ).fetchone()
        return document_from_json(Source, row[0]) if row else None

    def iter_sources(self, *, enabled_only: bool = False) -> Iterator[Source]:
        """All, by id."""
        sql = "SELECT body FROM sources WHERE enabled OR NOT ? ORDER BY id"
        with self._database.reading() as connection:
            rows = connection.execute(sql, [enabled_only]).fetchall()
        for (body,) in rows:
            yield document_from_json(Source, body)

    def delete_source(self, source_id: str) -> bool:
        """True if there was one; its posts and runs stay."""
        with self._database.writing() as connection:
            deleted = connection.execute("DELETE FROM sources WHERE id = ?", [source_id])
            return deleted.rowcount > 0


class Crawls(Part):
    """How crawls went, and where they go on."""

    def put_crawl_run(self, run: CrawlRun) -> None:
        """Add or replace by id."""
        run = writable(run)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO crawl_runs VALUES (?, ?, ?, ?)",
                (run.id, run.source_id, microseconds(run.started_at), body_of(run)),
            )

    def iter_crawl_runs(
        self,
        *,
        source_id: str | None = None,
        started_from: datetime | None = None,
        started_until: datetime | None = None,
    ) -> Iterator[CrawlRun]:
        """Oldest first; from inclusive, until exclusive."""
        until = microseconds(started_until) if started_until else None
        # No run id is empty, so this comes before every run that starts at that moment.
        position = (microseconds(started_from) if started_from else -(2**63), "")
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(_RUNS, (source_id, until, *position)).fetchall()
            for _, _, body in rows:
                yield document_from_json(CrawlRun, body)
            if len(rows) < _PAGE:
                return
            position = rows[-1][:2]

    def put_crawl_state(self, state: CrawlState) -> None:
        """Add or replace by source."""
        state = writable(state)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO crawl_states VALUES (?, ?)",
                (state.source_id, body_of(state)),
            )

    def find_crawl_state(self, source_id: str) -> CrawlState | None:
        """What the connector remembers of the source."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT body FROM crawl_states WHERE source_id = ?", [source_id]
            ).fetchone()
        return document_from_json(CrawlState, row[0]) if row else None

    def iter_crawl_states(self) -> Iterator[CrawlState]:
        """All, by id."""
        after = ""
        sql = "SELECT source_id, body FROM crawl_states WHERE source_id > ? ORDER BY source_id"
        while True:
            with self._database.reading() as connection:
                row = connection.execute(f"{sql} LIMIT 1", [after]).fetchone()
            if row is None:
                return
            after = row[0]
            yield document_from_json(CrawlState, row[1])
