"""What the reviews of sampled posts say: how many posts worth a decision are not flagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from indices.audit_sample.drawing import read_samples
from indices.documents import PostRecord, ReviewStatus
from indices.judging import worth_deciding
from indices.store import Store

COUNTED = timedelta(days=90)
WAITING = timedelta(days=14)
"""A sampled post that nobody looked at for so long is let go: the next ones say as much."""
UNDECIDED = frozenset({ReviewStatus.NEW, ReviewStatus.TRIAGED})
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class MissRate:
    """The share of unflagged posts that a person found worth a decision."""

    judged: int
    missed: int
    low: float
    """The true share lies between `low` and `high` in 95 of 100 such samples."""
    high: float

    @property
    def share(self) -> float:
        """Of the judged ones."""
        return self.missed / self.judged if self.judged else 0.0


def sampled_ids(home: Path, since: datetime) -> tuple[str, ...]:
    """Posts drawn since then, the newest draw first."""
    return tuple(
        post_id
        for drawn in read_samples(home)
        if drawn.drawn_at >= since
        for post_id in drawn.post_ids
    )


def find_waiting(home: Path, store: Store, now: datetime) -> list[PostRecord]:
    """Sampled posts that nobody decided on yet, the newest draw first."""
    ids = sampled_ids(home, now - WAITING)
    records = store.find_records(ids)
    found = (records[post_id] for post_id in ids if post_id in records)
    return [record for record in found if not _is_decided(record)]


def waits_in_sample(home: Path, record: PostRecord, now: datetime) -> bool:
    """Whether this post was drawn of late and nobody decided on it yet."""
    return not _is_decided(record) and record.post.id in sampled_ids(home, now - WAITING)


def measure_misses(home: Path, store: Store, now: datetime) -> MissRate:
    """Of the sampled posts of the last ninety days that a person judged."""
    records = store.find_records(sampled_ids(home, now - COUNTED))
    return miss_rate(worth_deciding(record.review) for record in records.values())


def miss_rate(judgements: Iterable[bool | None]) -> MissRate:
    """The share with its interval; what says nothing is not counted."""
    told = [judgement for judgement in judgements if judgement is not None]
    low, high = wilson(sum(told), len(told))
    return MissRate(judged=len(told), missed=sum(told), low=low, high=high)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """A share's 95 % interval, honest for few and for none. Source: Wilson 1927."""
    if not n:
        return 0.0, 1.0
    share, square = hits / n, NORMAL_95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    spread = NORMAL_95 * (share * (1 - share) / n + square / (4 * n * n)) ** 0.5
    half = spread / (1 + square / n)
    return (0.0 if not hits else middle - half), (1.0 if hits == n else middle + half)


def _is_decided(record: PostRecord) -> bool:
    return record.review is not None and record.review.status not in UNDECIDED
