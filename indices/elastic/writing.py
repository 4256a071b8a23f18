"""Writes that may wait: to the server when it is there, else to the spool.

Only what needs no answer from the server may wait: docs/decisions/0005 says why.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import structlog

from indices.documents import Assessment, CrawlRun, CrawlState, FactCheck, Post, Source
from indices.elastic import posts, small_records
from indices.elastic.session import Session
from indices.elastic.spool import Spool
from indices.elastic.spooled_write import SpooledWrite
from indices.errors import StoreUnavailableError
from indices.queries import UpsertCounts

Document = TypeVar("Document")

RETRY_AFTER_SECONDS = 1.0
"""After an outage was met, writes go to the spool at once for so long: no waiting for time-outs."""
_log = structlog.get_logger(__name__)


class Writer:
    """Writes in order: nothing overtakes what waits in the spool."""

    def __init__(
        self, session: Session, spool: Spool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._session = session
        self._spool = spool
        self._clock = clock
        self._away_until = 0.0
        self._told = False

    def put(self, write: SpooledWrite) -> UpsertCounts:
        """Write now or later; the counts say which."""
        if not write.documents:
            return UpsertCounts()
        if self._clock() >= self._away_until:
            try:
                self.replay()
                counts = self._apply(write)
                self._told = False
                return counts
            except StoreUnavailableError as error:
                self._away_until = self._clock() + RETRY_AFTER_SECONDS
                if not self._told:  # once for each outage, not for each write
                    _log.warning("writes wait on disk", reason=str(error))
                self._told = True
        self._spool.append(write)
        return UpsertCounts(spooled=_distinct(write))

    def replay(self) -> int:
        """Do what waits, first.

        Raises:
            StoreUnavailableError: the server is (still) away; the rest waits on.
        """
        done = self._spool.replay(self._apply_late)
        if done:
            _log.info("spooled writes replayed", writes=done)
        return done

    def _apply_late(self, write: SpooledWrite) -> None:
        self._apply(write, late=True)

    def _apply(self, write: SpooledWrite, *, late: bool = False) -> UpsertCounts:
        """Write to the server.

        Args:
            late: an assessment that was made after the waiting one stays.
        """
        first, session = write.documents[0], self._session
        if isinstance(first, Post):
            return posts.upsert_posts(session, _all(Post, write))
        if isinstance(first, FactCheck):
            return small_records.upsert_fact_checks(session, _all(FactCheck, write))
        if isinstance(first, Assessment):
            assessments = _all(Assessment, write)
            posts.put_assessments(session, assessments, write.vectors, keep_newer=late)
        elif isinstance(first, Source):
            small_records.put(session, small_records.source_fields(first))
        elif isinstance(first, CrawlRun):
            small_records.put(session, small_records.crawl_run_fields(first))
        elif isinstance(first, CrawlState):
            small_records.put(session, small_records.crawl_state_fields(first))
        return UpsertCounts()


def _all(kind: type[Document], write: SpooledWrite) -> list[Document]:
    return [document for document in write.documents if isinstance(document, kind)]


def _distinct(write: SpooledWrite) -> int:
    return len({getattr(document, "id", "") for document in write.documents})
