"""Thresholds are weighed with what was judged, and say so where that is too little."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from classifier.simulating import SeenPost, seen_post, simulate
from indices.documents import PostRecord, SourceKind
from tests.factories import a_post, an_assessment

DAY = date(2026, 11, 16)
TESTED = [
    {"threshold": 0.3, "hoaxes": 0.9, "ordinary": 0.2},
    {"threshold": 0.6, "hoaxes": 0.5, "ordinary": 0.02},
]


def seen(
    probability: float, *, judged: bool | None = None, sampled: bool = False, day: int = 0
) -> SeenPost:
    flagged = probability >= 0.5
    return SeenPost(probability, flagged, DAY + timedelta(days=day), judged, sampled)


def an_office() -> list[SeenPost]:
    """Two days: 100 flagged (40 judged, half of them right), 900 not (30 of them sampled)."""
    posts = [seen(0.8, judged=n % 2 == 0) for n in range(40)]
    posts += [seen(0.8, day=1) for _ in range(60)]
    posts += [seen(0.2, judged=n < 3, sampled=True) for n in range(30)]
    return posts + [seen(0.2, day=1) for _ in range(870)]


def test_the_queue_is_counted_and_judged_posts_stand_for_the_others() -> None:
    simulation = simulate(an_office(), [0.1, 0.5, 0.9], TESTED)
    low, present, high = simulation.rows
    assert simulation.own_figures
    assert (present.queue_per_day, present.busiest_day) == (50.0, 60)
    assert present.precision == 0.5
    assert present.missed == pytest.approx(90 / 140, abs=0.001)
    assert (low.queue_per_day, low.missed) == (500.0, 0.0)
    assert (high.queue_per_day, high.precision, high.missed) == (0.0, None, 1.0)


def test_the_sample_gives_the_miss_rate_with_its_interval() -> None:
    sample = simulate(an_office(), [0.5], TESTED).sample
    assert (sample.judged, sample.missed) == (30, 3)
    assert sample.low < 0.1 < sample.high


def test_without_reviews_misses_are_the_models_own_and_precision_is_not_claimed() -> None:
    simulation = simulate([seen(0.8), seen(0.2)], [0.3, 0.6], TESTED)
    assert not simulation.own_figures
    assert [row.missed for row in simulation.rows] == [0.1, 0.5]
    assert [row.precision for row in simulation.rows] == [None, None]


def test_an_empty_store_gives_rows_of_nothing() -> None:
    [row] = simulate([], [0.5], ()).rows
    assert (row.queue_per_day, row.busiest_day, row.missed) == (0.0, 0, None)


def test_a_higher_threshold_never_makes_the_queue_longer() -> None:
    rows = simulate(an_office(), [n / 20 for n in range(1, 20)], TESTED).rows
    assert all(a.queue_per_day >= b.queue_per_day for a, b in pairwise(rows))


def test_a_newspaper_counts_by_its_own_higher_threshold() -> None:
    thresholds = {"default": 0.5, "careful": 0.75}
    zone = ZoneInfo("Asia/Makassar")
    kinds = SourceKind.PRESS, SourceKind.PLATFORM
    records = [
        PostRecord(post=a_post(source_kind=kind), assessment=an_assessment(probability=0.75))
        for kind in kinds
    ]
    press, platform = (seen_post(record, zone, frozenset(), thresholds) for record in records)
    assert press is not None
    assert platform is not None
    assert press.probability == pytest.approx(0.5)
    assert platform.probability == 0.75
