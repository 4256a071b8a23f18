"""The store on Elasticsearch: every promise of `indices.store.Store`, part by part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from indices.documents import (
    Assessment,
    Copy,
    CrawlRun,
    CrawlState,
    FactCheck,
    GroupChange,
    GroupMember,
    GroupRuling,
    Post,
    PostRecord,
    Review,
    Source,
    SourceKind,
)
from indices.elastic import (
    claim_groups,
    counting,
    health,
    posts,
    searching,
    similarity,
    small_records,
)
from indices.elastic import copies as copied
from indices.elastic.reindexing import rebuild
from indices.elastic.schema import Index
from indices.elastic.session import Session
from indices.elastic.small_records import Kind
from indices.elastic.spool import Spool
from indices.elastic.spooled_write import SpooledWrite
from indices.elastic.writing import Writer
from indices.errors import StoreUnavailableError
from indices.queries import CountField, Hit, Neighbour, Page, PostQuery, StoreHealth, UpsertCounts
from indices.settings import Settings
from indices.store import FloatArray

if TYPE_CHECKING:
    from indices.progress import ProgressBar


class ElasticStore:
    """Posts and all the rest on a server; writes survive its absence, reads say so."""

    def __init__(self, session: Session, spool: Spool) -> None:
        self._session = session
        self._spool = spool
        self._writer = Writer(session, spool)

    @classmethod
    def open(cls, settings: Settings) -> ElasticStore:
        """The store that the settings name; a server that is away may come later.

        Raises:
            StoreVersionError: the indices were written by a newer version.
            StoreError: the server refuses our password, or is none.
        """
        session = Session(settings.elasticsearch_url, settings.index_prefix)
        store = cls(session, Spool(settings.home / "spool", settings.index_prefix))
        try:
            with suppress(StoreUnavailableError):  # writes wait, and the first read says it
                session.index_name(Index.POSTS)
                store._writer.replay()
        except BaseException:
            store.close()
            raise
        return store

    # --- posts ---
    def upsert_posts(self, posts: Sequence[Post]) -> UpsertCounts:
        """See `Store`; spooled while the server is away."""
        return self._writer.put(SpooledWrite(documents=posts))

    def find_record(self, post_id: str) -> PostRecord | None:
        """See `Store`."""
        return posts.find_records(self._session, [post_id]).get(post_id)

    def find_records(self, post_ids: Sequence[str]) -> dict[str, PostRecord]:
        """See `Store`."""
        return posts.find_records(self._session, post_ids)

    def iter_records(self, query: PostQuery | None = None) -> Iterator[PostRecord]:
        """See `Store`."""
        return posts.iter_records(self._session, query or PostQuery())

    def delete_posts_before(
        self,
        collected_before: datetime,
        *,
        keep_cases: bool = True,
        source_kinds: Collection[SourceKind] = (),
    ) -> int:
        """See `Store`; nothing is deleted while writes wait."""
        self._writer.replay()
        return posts.delete_posts_before(
            self._session, collected_before, keep_cases=keep_cases, source_kinds=source_kinds
        )

    # --- assessments ---
    def iter_unassessed(self, model: str, *, limit: int | None = None) -> Iterator[Post]:
        """See `Store`."""
        return posts.iter_unassessed(self._session, model, limit)

    def put_assessments(
        self, assessments: Sequence[Assessment], vectors: FloatArray | None = None
    ) -> None:
        """See `Store`; spooled while the server is away."""
        self._writer.put(SpooledWrite(documents=assessments, vectors=vectors))

    def find_vector(self, post_id: str) -> FloatArray | None:
        """See `Store`."""
        return posts.find_vector(self._session, post_id)

    # --- copies ---
    def iter_ungrouped(self, *, limit: int | None = None) -> Iterator[Post]:
        """See `Store`."""
        return copied.iter_ungrouped(self._session, limit)

    def find_alike(self, keys: Sequence[Sequence[int]], *, limit: int = 12) -> list[list[Copy]]:
        """See `Store`."""
        return copied.find_alike(self._session, keys, limit)

    def put_copies(self, copies: Sequence[Copy]) -> None:
        """See `Store`; never spooled, since the same can be found again."""
        self._writer.replay()
        copied.put_copies(self._session, copies)

    def find_copies(self, post_ids: Sequence[str]) -> dict[str, Copy]:
        """See `Store`."""
        return copied.find_copies(self._session, post_ids)

    def iter_group(self, group_id: str) -> Iterator[Copy]:
        """See `Store`."""
        return copied.iter_group(self._session, group_id)

    def count_groups(self, group_ids: Sequence[str]) -> dict[str, int]:
        """See `Store`."""
        return copied.count_groups(self._session, group_ids)

    # --- claim groups ---
    def iter_unplaced(self, *, limit: int | None = None) -> Iterator[Post]:
        """See `Store`."""
        return claim_groups.iter_unplaced(self._session, limit)

    def put_members(self, members: Sequence[GroupMember]) -> None:
        """See `Store`; never spooled, since the same can be found again."""
        self._writer.replay()
        claim_groups.put_members(self._session, members)

    def find_members(self, post_ids: Sequence[str]) -> dict[str, GroupMember]:
        """See `Store`."""
        return claim_groups.find_members(self._session, post_ids)

    def iter_members(self, group_id: str, *, limit: int | None = None) -> Iterator[GroupMember]:
        """See `Store`."""
        return claim_groups.iter_members(self._session, group_id, limit)

    def count_members(self, group_ids: Sequence[str]) -> dict[str, int]:
        """See `Store`."""
        return claim_groups.count_members(self._session, group_ids)

    def find_largest_groups(self, *, since: datetime, limit: int = 20) -> dict[str, int]:
        """See `Store`."""
        return claim_groups.find_largest_groups(self._session, since, limit)

    def find_nearest(self, vectors: FloatArray, *, limit: int = 12) -> list[list[Neighbour]]:
        """See `Store`."""
        return claim_groups.find_nearest(self._session, vectors, limit)

    def put_group_ruling(self, ruling: GroupRuling) -> None:
        """See `Store`; never spooled: the desk's outbox keeps it until it was told."""
        self._writer.replay()
        small_records.put(self._session, small_records.group_ruling_fields(ruling))

    def iter_group_rulings(self) -> Iterator[GroupRuling]:
        """See `Store`."""
        return small_records.iterate(
            self._session, Kind.GROUP_RULING, GroupRuling, sort=small_records.OLDEST
        )

    def put_group_change(self, change: GroupChange) -> None:
        """See `Store`; never spooled: it is put down before the change itself."""
        self._writer.replay()
        small_records.put(self._session, small_records.group_change_fields(change))

    def iter_group_changes(self, *, group_id: str | None = None) -> Iterator[GroupChange]:
        """See `Store`."""
        filters = [] if group_id is None else [{"term": {"groups": group_id}}]
        return small_records.iterate(
            self._session, Kind.GROUP_CHANGE, GroupChange, filters, small_records.OLDEST
        )

    # --- reviews ---
    def put_review(self, review: Review) -> None:
        """See `Store`; never spooled, since only the server knows whether the version follows."""
        self._writer.replay()
        posts.put_review(self._session, review)

    # --- search ---
    def search(
        self,
        query: PostQuery,
        *,
        vector: FloatArray | None = None,
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        """See `Store`."""
        return searching.search(self._session, query, vector, limit, cursor)

    def find_similar(self, post_id: str, *, limit: int = 10) -> list[Hit]:
        """See `Store`."""
        return similarity.find_similar(self._session, post_id, limit)

    def count_by(
        self, query: PostQuery, fields: Sequence[CountField], *, timezone: str = "UTC"
    ) -> Mapping[CountField, Mapping[str, int]]:
        """See `Store`."""
        return counting.count_by(self._session, query, fields, timezone)

    # --- fact-checks ---
    def upsert_fact_checks(self, fact_checks: Sequence[FactCheck]) -> UpsertCounts:
        """See `Store`; spooled while the server is away."""
        return self._writer.put(SpooledWrite(documents=fact_checks))

    def find_fact_check(self, fact_check_id: str) -> FactCheck | None:
        """See `Store`."""
        return small_records.find(self._session, Kind.FACT_CHECK, FactCheck, fact_check_id)

    def iter_fact_checks(self) -> Iterator[FactCheck]:
        """See `Store`."""
        return small_records.iterate(self._session, Kind.FACT_CHECK, FactCheck)

    def search_fact_checks(self, text: str, *, limit: int = 10) -> list[FactCheck]:
        """See `Store`."""
        return small_records.search_fact_checks(self._session, text, limit)

    def delete_fact_check(self, fact_check_id: str) -> bool:
        """See `Store`."""
        self._writer.replay()
        return small_records.delete(self._session, Kind.FACT_CHECK, fact_check_id)

    # --- sources and how crawling them went ---
    def put_source(self, source: Source) -> None:
        """See `Store`; spooled while the server is away."""
        self._writer.put(SpooledWrite(documents=[source]))

    def find_source(self, source_id: str) -> Source | None:
        """See `Store`."""
        return small_records.find(self._session, Kind.SOURCE, Source, source_id)

    def iter_sources(self, *, enabled_only: bool = False) -> Iterator[Source]:
        """See `Store`."""
        filters = [{"term": {"enabled": True}}] if enabled_only else []
        return small_records.iterate(self._session, Kind.SOURCE, Source, filters)

    def delete_source(self, source_id: str) -> bool:
        """See `Store`."""
        self._writer.replay()
        return small_records.delete(self._session, Kind.SOURCE, source_id)

    def put_crawl_run(self, run: CrawlRun) -> None:
        """See `Store`; spooled while the server is away."""
        self._writer.put(SpooledWrite(documents=[run]))

    def iter_crawl_runs(
        self,
        *,
        source_id: str | None = None,
        started_from: datetime | None = None,
        started_until: datetime | None = None,
    ) -> Iterator[CrawlRun]:
        """See `Store`."""
        filters = small_records.build_run_filters(source_id, started_from, started_until)
        return small_records.iterate(
            self._session, Kind.CRAWL_RUN, CrawlRun, filters, small_records.OLDEST
        )

    def put_crawl_state(self, state: CrawlState) -> None:
        """See `Store`; spooled while the server is away."""
        self._writer.put(SpooledWrite(documents=[state]))

    def find_crawl_state(self, source_id: str) -> CrawlState | None:
        """See `Store`."""
        return small_records.find(self._session, Kind.CRAWL_STATE, CrawlState, source_id)

    def iter_crawl_states(self) -> Iterator[CrawlState]:
        """See `Store`."""
        return small_records.iterate(self._session, Kind.CRAWL_STATE, CrawlState)

    # --- the store itself ---
    def put_records(
        self, records: Sequence[PostRecord], vectors: Mapping[str, FloatArray] | None = None
    ) -> None:
        """See `Store`."""
        self._writer.replay()
        posts.put_records(self._session, records, vectors)

    def refresh(self) -> None:
        """See `Store`; what waits in the spool is written first."""
        self._writer.replay()
        self._session.refresh(*Index)

    def rebuild(self, bar: ProgressBar) -> int:
        """See `Store`."""
        self._writer.replay()
        return rebuild(self._session, bar)

    def check_health(self) -> StoreHealth:
        """See `Store`."""
        rejected = self._spool.count_rejected()
        note = f"{rejected} write(s) put aside in {self._spool.rejected_path}" if rejected else ""
        return health.check_health(self._session, self._spool.count(), note)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.connection.close()
