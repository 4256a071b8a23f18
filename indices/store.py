"""The one way to the record: a protocol that the embedded and the Elasticsearch store both keep."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

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
from indices.queries import CountField, Hit, Neighbour, Page, PostQuery, StoreHealth, UpsertCounts

if TYPE_CHECKING:
    from indices.progress import ProgressBar

FloatArray = NDArray[np.float32]


class Store(Protocol):
    """Posts with their assessments and reviews, fact-checks, sources, and how crawls went.

    Three owners write to one post and never touch each other's part: crawlers the `Post`,
    the classifier the `Assessment` with its vector, the desk the `Review`.
    Every method raises `StoreUnavailableError` when the backend is away.
    """

    # --- posts (crawlers) ---
    def upsert_posts(self, posts: Sequence[Post]) -> UpsertCounts:
        """Add or refresh posts by id; idempotent; `collected_at` of a known post stays."""
        ...

    def find_record(self, post_id: str) -> PostRecord | None: ...

    def find_records(self, post_ids: Sequence[str]) -> dict[str, PostRecord]:
        """The known ones among them, by id."""
        ...

    def iter_records(self, query: PostQuery | None = None) -> Iterator[PostRecord]:
        """Every matching post once, by id, however many there are; `order` is ignored."""
        ...

    def delete_posts_before(
        self,
        collected_before: datetime,
        *,
        keep_cases: bool = True,
        source_kinds: Collection[SourceKind] = (),
    ) -> int:
        """Retention: delete posts collected earlier, with all that hangs on them.

        Args:
            keep_cases: posts whose review names a case stay.
            source_kinds: only posts of these kinds of source; of all where none is named.

        Returns:
            How many were deleted.
        """
        ...

    # --- assessments (classifier) ---
    def iter_unassessed(self, model: str, *, limit: int | None = None) -> Iterator[Post]:
        """Posts that no model of this family has read as they are now; oldest first.

        A refit of the last layer (`NAME+REFIT`) is of the family of the model it started from.
        """
        ...

    def put_assessments(
        self, assessments: Sequence[Assessment], vectors: FloatArray | None = None
    ) -> None:
        """Write what the classifier says; assessments of unknown posts are left out.

        Args:
            vectors: shape (n_assessments, n_dims), float32, rows of unit length.

        Raises:
            DimensionMismatchError: the store holds vectors of another size.
        """
        ...

    def find_vector(self, post_id: str) -> FloatArray | None:
        """Shape (n_dims,), float32, unit length."""
        ...

    # --- copies (indices.copies) ---
    def iter_ungrouped(self, *, limit: int | None = None) -> Iterator[Post]:
        """Posts whose present text was not compared with others yet; oldest first."""
        ...

    def find_alike(self, keys: Sequence[Sequence[int]], *, limit: int = 12) -> list[list[Copy]]:
        """For each set of keys the posts that share some of them: most keys first, then oldest.

        Of thousands with the same text some of the oldest are enough, so that it stays fast.
        """
        ...

    def put_copies(self, copies: Sequence[Copy]) -> None:
        """Write or replace, by post; those of unknown posts are left out."""
        ...

    def find_copies(self, post_ids: Sequence[str]) -> dict[str, Copy]:
        """By post id, for those that were compared."""
        ...

    def iter_group(self, group_id: str) -> Iterator[Copy]:
        """All posts of one text, oldest first."""
        ...

    def count_groups(self, group_ids: Sequence[str]) -> dict[str, int]:
        """How many posts each of the groups has."""
        ...

    # --- claim groups (classifier, ruled by the desk) ---
    def iter_unplaced(self, *, limit: int | None = None) -> Iterator[Post]:
        """Assessed posts whose present text is in no group yet; oldest first."""
        ...

    def put_members(self, members: Sequence[GroupMember]) -> None:
        """Write or replace, by post; those of unknown posts are left out."""
        ...

    def find_members(self, post_ids: Sequence[str]) -> dict[str, GroupMember]:
        """By post id, for those that were placed."""
        ...

    def iter_members(self, group_id: str, *, limit: int | None = None) -> Iterator[GroupMember]:
        """The posts of one claim, oldest first."""
        ...

    def count_members(self, group_ids: Sequence[str]) -> dict[str, int]:
        """How many posts each of the groups has."""
        ...

    def find_largest_groups(self, *, since: datetime, limit: int = 20) -> dict[str, int]:
        """The groups with most posts collected since then: how many, at least two, most first."""
        ...

    def find_nearest(self, vectors: FloatArray, *, limit: int = 12) -> list[list[Neighbour]]:
        """For each vector the posts whose vectors are nearest, nearest first.

        Args:
            vectors: shape (n, n_dims), float32, rows of unit length.

        Raises:
            DimensionMismatchError: the store holds vectors of another size.
        """
        ...

    def put_group_ruling(self, ruling: GroupRuling) -> None:
        """Add or replace by id."""
        ...

    def iter_group_rulings(self) -> Iterator[GroupRuling]:
        """All, oldest first."""
        ...

    def put_group_change(self, change: GroupChange) -> None:
        """Add or replace by id."""
        ...

    def iter_group_changes(self, *, group_id: str | None = None) -> Iterator[GroupChange]:
        """All, or those from or to one group; oldest first."""
        ...

    # --- reviews (desk) ---
    def put_review(self, review: Review) -> None:
        """Write a review if its version follows the stored one; the same again is no change.

        Raises:
            VersionConflictError: another version was written meanwhile, or the post is unknown.
        """
        ...

    # --- search ---
    def search(
        self,
        query: PostQuery,
        *,
        vector: FloatArray | None = None,
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page:
        """Find posts; with a vector, words and meaning are ranked apart and fused.

        Args:
            vector: shape (n_dims,), float32, unit length: the query as the encoder sees it.
            limit: 1 to 1,000.
            cursor: `Page.next_cursor` of the page before, with the same query.

        Raises:
            BadInputError: the cursor was not made here.
        """
        ...

    def find_similar(self, post_id: str, *, limit: int = 10) -> list[Hit]:
        """More like this: by vector where the post has one, else by its words; never itself."""
        ...

    def count_by(
        self, query: PostQuery, fields: Sequence[CountField], *, timezone: str = "UTC"
    ) -> Mapping[CountField, Mapping[str, int]]:
        """How many matching posts carry each value; facets and the summary's tables.

        Args:
            timezone: IANA name, for `CountField.DAY`.
        """
        ...

    # --- fact-checks ---
    def upsert_fact_checks(self, fact_checks: Sequence[FactCheck]) -> UpsertCounts: ...

    def find_fact_check(self, fact_check_id: str) -> FactCheck | None: ...

    def iter_fact_checks(self) -> Iterator[FactCheck]:
        """All, by id."""
        ...

    def search_fact_checks(self, text: str, *, limit: int = 10) -> list[FactCheck]:
        """By words of title and claim, best first."""
        ...

    def delete_fact_check(self, fact_check_id: str) -> bool:
        """True if there was one: a withdrawn rebuttal must not be matched any longer."""
        ...

    # --- sources and how crawling them went ---
    def put_source(self, source: Source) -> None: ...

    def find_source(self, source_id: str) -> Source | None: ...

    def iter_sources(self, *, enabled_only: bool = False) -> Iterator[Source]:
        """All, by id."""
        ...

    def delete_source(self, source_id: str) -> bool: ...

    def put_crawl_run(self, run: CrawlRun) -> None:
        """Add or replace by id: written once when a source starts and once when it ends."""
        ...

    def iter_crawl_runs(
        self,
        *,
        source_id: str | None = None,
        started_from: datetime | None = None,
        started_until: datetime | None = None,
    ) -> Iterator[CrawlRun]:
        """Oldest first; from inclusive, until exclusive."""
        ...

    def put_crawl_state(self, state: CrawlState) -> None: ...

    def find_crawl_state(self, source_id: str) -> CrawlState | None: ...

    def iter_crawl_states(self) -> Iterator[CrawlState]:
        """All, by id: also of sources that are gone, and what paid interfaces were asked for."""
        ...

    # --- the store itself ---
    def put_records(
        self, records: Sequence[PostRecord], vectors: Mapping[str, FloatArray] | None = None
    ) -> None:
        """Restore posts with all their parts exactly as given (import, reindex); overwrites."""
        ...

    def refresh(self) -> None:
        """Make everything written so far visible to searches."""
        ...

    def rebuild(self, bar: ProgressBar) -> int:
        """Build the search index anew from the documents; readers and writers go on meanwhile.

        Returns:
            How many posts were indexed.
        """
        ...

    def check_health(self) -> StoreHealth:
        """Never raises: an unreachable backend is `red`."""
        ...

    def close(self) -> None: ...
