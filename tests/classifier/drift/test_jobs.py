"""A week is measured once, against the four before it, and alarmed in one line where it drifted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from classifier.drift.jobs import drift
from indices.drift_history import read_drift
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.settings import Settings
from tests.factories import NOW, a_post, an_assessment
from tests.stores import embedded_store

LAST_WEEK = NOW - timedelta(days=4)
EARLIER = NOW - timedelta(days=16)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[JobContext]:
    store = embedded_store(tmp_path)
    settings = Settings(home=tmp_path)
    yield JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())
    store.close()


def put_posts(context: JobContext, at: datetime, count: int, seed: int, shift: float = 0) -> None:
    rng = np.random.default_rng(seed)
    posts = [a_post(url=f"https://kabar.example/{seed}/{n}", collected_at=at) for n in range(count)]
    chances = np.clip(rng.beta(1, 6, count) + shift, 0, 1)
    assessments = [
        an_assessment(
            post_id=post.id,
            text_hash=post.text_hash,
            probability=float(chance),
            flagged=bool(chance >= 0.5),
            language="su" if shift and n % 2 else "id",
            matches=(),
        )
        for n, (post, chance) in enumerate(zip(posts, chances, strict=True))
    ]
    rows = rng.normal(0, 1, (count, 8)).astype(np.float32)
    rows[:, 0] += 4 * shift
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    context.store.upsert_posts(posts)
    context.store.put_assessments(assessments, rows)


def test_a_week_like_those_before_raises_nothing(context: JobContext) -> None:
    put_posts(context, EARLIER, 400, 1)
    put_posts(context, LAST_WEEK, 150, 2)
    report = drift(context)
    assert report.counts == {"measured": 1, "posts": 150, "before": 400}
    assert report.alarms == ()
    [week] = read_drift(context.settings.home)
    assert week.week == "2026-W46"
    assert week.drifted == ()
    assert set(week.distances) >= {"probability", "language", "meaning"}


def test_a_week_of_another_kind_is_one_clear_alarm(context: JobContext) -> None:
    put_posts(context, EARLIER, 400, 1)
    put_posts(context, LAST_WEEK, 150, 2, shift=0.4)
    [alarm] = drift(context).alarms
    assert alarm.code == "drift"
    assert "2026-W46" in alarm.text
    assert "peluang" in alarm.text
    assert "bahasa" in alarm.text
    assert "\n" not in alarm.text
    [week] = read_drift(context.settings.home)
    assert {"probability", "language", "meaning"} <= set(week.drifted)


def test_no_week_is_measured_or_alarmed_twice(context: JobContext) -> None:
    put_posts(context, EARLIER, 400, 1)
    put_posts(context, LAST_WEEK, 150, 2, shift=0.4)
    drift(context)
    again = drift(replace(context, now=NOW + timedelta(days=2)))
    assert (again.counts, again.alarms) == ({"measured": 0}, ())


def test_too_few_posts_are_measured_another_day(context: JobContext) -> None:
    put_posts(context, EARLIER, 400, 1)
    put_posts(context, LAST_WEEK, 30, 2, shift=0.4)
    assert drift(context).counts["measured"] == 0
    assert read_drift(context.settings.home) == []
