"""Chance draws once a day, the same way each time, from what was not flagged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from indices.audit_sample.drawing import FILE, draw, read_samples
from indices.audit_sample.jobs import sample
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.settings import DeskSettings, Settings
from tests.factories import NOW, a_post, an_assessment
from tests.stores import embedded_store


@pytest.fixture
def context(tmp_path: Path) -> Iterator[JobContext]:
    settings = Settings(home=tmp_path, desk=DeskSettings(sample_per_day=3))
    store = embedded_store(tmp_path)
    yield JobContext(store=store, settings=settings, now=NOW, progress=SilentProgress())
    store.close()


def put_posts(context: JobContext, count: int, *, flagged: bool, start: int = 0) -> set[str]:
    posts = [
        a_post(url=f"https://kabar.example/{n}", collected_at=context.now)
        for n in range(start, start + count)
    ]
    context.store.upsert_posts(posts)
    context.store.put_assessments(
        [an_assessment(post_id=p.id, text_hash=p.text_hash, flagged=flagged) for p in posts]
    )
    return {post.id for post in posts}


def test_a_day_is_drawn_once_from_unflagged_posts_only(context: JobContext) -> None:
    unflagged = put_posts(context, 20, flagged=False)
    put_posts(context, 20, flagged=True, start=100)
    assert sample(context).counts == {"drawn": 3, "from": 20}
    later = replace(context, now=NOW + timedelta(hours=1))
    assert sample(later).counts == {"drawn": 0}
    [drawn] = read_samples(context.settings.home)
    assert set(drawn.post_ids) <= unflagged
    assert drawn.population == 20


def test_the_next_day_draws_others(context: JobContext) -> None:
    put_posts(context, 6, flagged=False)
    sample(context)
    sample(replace(context, now=NOW + timedelta(days=1)))
    newest, oldest = read_samples(context.settings.home)
    assert not set(newest.post_ids) & set(oldest.post_ids)


def test_a_draw_that_was_killed_while_it_was_written_is_drawn_alike_again(
    context: JobContext,
) -> None:
    put_posts(context, 20, flagged=False)
    sample(context)
    path = context.settings.home / FILE
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    sample(context)
    [drawn] = read_samples(context.settings.home)
    assert path.read_bytes().endswith(whole)
    assert len(drawn.post_ids) == 3


def test_no_day_is_used_up_while_nothing_was_collected(context: JobContext) -> None:
    assert sample(context).counts == {"drawn": 0}
    put_posts(context, 5, flagged=False)
    assert sample(context).counts["drawn"] == 3


def test_a_size_of_none_draws_none(context: JobContext) -> None:
    put_posts(context, 5, flagged=False)
    settings = context.settings.model_copy(update={"desk": DeskSettings(sample_per_day=0)})
    assert sample(replace(context, settings=settings)).counts == {"drawn": 0}
    assert read_samples(context.settings.home) == []


def test_every_post_has_the_same_chance() -> None:
    ids = [f"post-{n}" for n in range(10)]
    counts = dict.fromkeys(ids, 0)
    for day in range(2000):
        for chosen in draw(ids, NOW.date() + timedelta(days=day), 2):
            counts[chosen] += 1
    assert all(330 <= count <= 470 for count in counts.values())
