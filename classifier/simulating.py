"""What each threshold would have done with the office's own posts of the last weeks.

Nobody looks at all posts, so what was judged stands for what was not: each judged flagged post for
as many flagged ones, each judged post of the random sample for as many unflagged ones.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from classifier.flagging import CAREFUL_KINDS
from classifier.refitting import log_odds
from indices.audit_sample.measuring import MissRate, miss_rate, wilson
from indices.documents import PostRecord
from indices.judging import worth_deciding

LEAST_JUDGED = 20
"""Fewer judged posts tell no precision."""


@dataclass(frozen=True, slots=True)
class SeenPost:
    """An assessed post in what a simulation needs."""

    probability: float
    """That of a careful source is moved down by the gap between both thresholds."""
    flagged: bool
    day: date
    judged: bool | None
    sampled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdRow:
    """One threshold's work and errors; None where too little is known."""

    threshold: float
    queue_per_day: float
    busiest_day: int
    precision: float | None = None
    precision_low: float | None = None
    precision_high: float | None = None
    missed: float | None = None
    """Share of the posts worth a decision that would not be flagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """All thresholds, and what that rests on."""

    rows: tuple[ThresholdRow, ...]
    n_posts: int
    n_days: int
    n_judged_flagged: int
    sample: MissRate
    own_figures: bool
    """False where precision and misses are those of the model's test set."""


def seen_post(
    record: PostRecord, zone: ZoneInfo, sampled: frozenset[str], thresholds: Mapping[str, float]
) -> SeenPost | None:
    """The post as the simulation sees it; None where it was not assessed."""
    assessment = record.assessment
    if assessment is None:
        return None
    probability = assessment.probability
    if record.post.source_kind in CAREFUL_KINDS and 0 < probability < 1:
        gap = log_odds(thresholds["careful"]) - log_odds(thresholds["default"])
        probability = _moved(probability, -gap)
    return SeenPost(
        probability,
        assessment.flagged,
        record.post.collected_at.astimezone(zone).date(),
        worth_deciding(record.review),
        record.post.id in sampled,
    )


def simulate(
    posts: Sequence[SeenPost], thresholds: Iterable[float], tested: Sequence[Mapping[str, float]]
) -> Simulation:
    """One row a threshold.

    Args:
        tested: the model's own `by_threshold`, used where the office judged too little.
    """
    days = {post.day for post in posts}
    weighted = _weighted(posts)
    judged_flagged = [post for post in posts if post.flagged and post.judged is not None]
    sample = miss_rate(post.judged for post in posts if post.sampled and not post.flagged)
    own = len(judged_flagged) >= LEAST_JUDGED and sample.judged >= LEAST_JUDGED
    rows = []
    for threshold in thresholds:
        row = _work(posts, threshold, max(1, len(days)))
        rows.append(_own_errors(row, weighted) if own else _tested_errors(row, tested))
    return Simulation(
        rows=tuple(rows),
        n_posts=len(posts),
        n_days=len(days),
        n_judged_flagged=len(judged_flagged),
        sample=sample,
        own_figures=own,
    )


def _work(posts: Sequence[SeenPost], threshold: float, n_days: int) -> ThresholdRow:
    per_day = Counter(post.day for post in posts if post.probability >= threshold)
    return ThresholdRow(
        threshold=threshold,
        queue_per_day=round(per_day.total() / n_days, 1),
        busiest_day=max(per_day.values(), default=0),
    )


def _weighted(posts: Sequence[SeenPost]) -> list[tuple[SeenPost, float]]:
    """The posts that tell something, and how many others each stands for."""
    weighted: list[tuple[SeenPost, float]] = []
    for flagged in (True, False):
        group = [post for post in posts if post.flagged is flagged]
        told = [p for p in group if p.judged is not None and (flagged or p.sampled)]
        weighted += [(post, len(group) / len(told)) for post in told]
    return weighted


def _own_errors(row: ThresholdRow, weighted: Sequence[tuple[SeenPost, float]]) -> ThresholdRow:
    above = [(post, weight) for post, weight in weighted if post.probability >= row.threshold]
    total = sum(weight for _, weight in above)
    right = sum(weight for post, weight in above if post.judged)
    wanted = sum(weight for post, weight in weighted if post.judged)
    share = right / total if total else None
    low, high = wilson(round((share or 0) * len(above)), len(above))
    return replace(
        row,
        precision=_rounded(share),
        precision_low=_rounded(low),
        precision_high=_rounded(high),
        missed=_rounded(1 - right / wanted) if wanted else None,
    )


def _tested_errors(row: ThresholdRow, tested: Sequence[Mapping[str, float]]) -> ThresholdRow:
    """Only misses: how many of an office's posts are hoaxes is not known, so no precision."""
    nearest = min(tested, key=lambda each: abs(each["threshold"] - row.threshold), default=None)
    return replace(row, missed=None if nearest is None else _rounded(1 - nearest["hoaxes"]))


def _moved(probability: float, by: float) -> float:
    return 1 / (1 + math.exp(-(log_odds(probability) + by)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
