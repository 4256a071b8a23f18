"""Questions to the store and its answers, the same words for both backends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from indices.documents import PostRecord, ReviewStatus, SourceKind


class Order(StrEnum):
    """How hits are sorted; ties always break on the post id, so that paging is stable."""

    RELEVANCE = "relevance"
    """Best first; without text or vector the same as NEWEST."""
    NEWEST = "newest"
    """By `published_at`, or `collected_at` where the source gave no time."""
    PROBABILITY = "probability"
    """Most urgent assessment first; posts without one come last."""


class CountField(StrEnum):
    """What posts can be counted by."""

    DAY = "day"
    """Local day of collection, ISO format."""
    SOURCE = "source_id"
    SOURCE_KIND = "source_kind"
    PLATFORM = "platform"
    LANGUAGE = "language"
    REGION = "region"
    PLACE = "places"
    """By code; a post counts for each of its places, and for what these lie in."""
    TOPIC = "topic"
    STATUS = "status"
    FLAGGED = "flagged"
    """`true`, `false`, or `unassessed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostQuery:
    """Which posts: every filled field narrows; values inside one field are alternatives."""

    text: str = ""
    """Words to find, any order, analysed as Indonesian; may be anything a person types."""
    source_ids: tuple[str, ...] = ()
    source_kinds: tuple[SourceKind, ...] = ()
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Codes; a post about a village is about its district and regency too."""
    topics: tuple[str, ...] = ()
    statuses: tuple[ReviewStatus, ...] = ()
    """A post without a review is NEW."""
    case_ids: tuple[str, ...] = ()
    flagged: bool | None = None
    minimum_probability: float | None = None
    maximum_probability: float | None = None
    collected_from: datetime | None = None
    """Inclusive."""
    collected_until: datetime | None = None
    """Exclusive."""
    published_from: datetime | None = None
    published_until: datetime | None = None
    order: Order = Order.RELEVANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One found post; `score` is comparable only inside its own page sequence."""

    record: PostRecord
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A post that lies near a vector."""

    post_id: str
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some hits, how many there are in all, and where to go on."""

    hits: tuple[Hit, ...]
    total: int
    next_cursor: str | None = None
    """Opaque; None on the last page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertCounts:
    """What became of a batch; the four sum to the number of distinct ids given."""

    created: int = 0
    updated: int = 0
    """Known, and something a crawler owns differs now."""
    unchanged: int = 0
    spooled: int = 0
    """Kept on disk until the server is back; which of the three they are is not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreHealth:
    """What `luruskan doctor` says of the index."""

    backend: str
    version: str
    status: str
    """`green`, `yellow` or `red`; red means searches or writes fail."""
    detail: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    """`posts`, `assessments`, `reviews`, `fact_checks`, `sources`, `vectors`; `spooled` if any."""
