"""The miss rate counts what a person judged, with an interval that is honest for few."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from indices.audit_sample.drawing import DrawnSample, append_sample
from indices.audit_sample.measuring import find_waiting, measure_misses, miss_rate, wilson
from indices.documents import ReviewLabel, ReviewStatus
from tests.factories import NOW, a_post, a_review, an_assessment
from tests.stores import embedded_store


def test_the_interval_of_none_in_twenty_still_leaves_room() -> None:
    low, high = wilson(0, 20)
    assert low == 0
    assert high == pytest.approx(0.161, abs=0.001)
    assert wilson(20, 20)[1] == 1
    assert wilson(0, 0) == (0, 1)


def test_only_what_was_told_is_counted() -> None:
    rate = miss_rate([True, False, None, False, False])
    assert (rate.judged, rate.missed, rate.share) == (4, 1, 0.25)
    assert rate.low < 0.25 < rate.high


def test_sampled_posts_wait_until_they_are_decided_or_a_fortnight_old(tmp_path: Path) -> None:
    store = embedded_store(tmp_path)
    posts = [a_post(url=f"https://kabar.example/{n}") for n in range(3)]
    store.upsert_posts(posts)
    store.put_assessments(
        [an_assessment(post_id=p.id, text_hash=p.text_hash, flagged=False) for p in posts]
    )
    ids = tuple(post.id for post in posts)
    drawn = DrawnSample(drawn_on=NOW.date(), drawn_at=NOW, post_ids=(*ids, "gone"), population=9)
    append_sample(tmp_path, drawn)
    assert [r.post.id for r in find_waiting(tmp_path, store, NOW)] == list(ids)
    opinion = {"status": ReviewStatus.CLOSED, "label": ReviewLabel.OPINION}
    store.put_review(a_review(post_id=ids[0], **opinion))
    store.put_review(a_review(post_id=ids[1], status=ReviewStatus.IN_CASE))
    assert [r.post.id for r in find_waiting(tmp_path, store, NOW)] == [ids[2]]
    assert find_waiting(tmp_path, store, NOW + timedelta(days=15)) == []
    rate = measure_misses(tmp_path, store, NOW)
    assert (rate.judged, rate.missed) == (2, 1)
    store.close()
