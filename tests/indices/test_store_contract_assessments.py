"""What the classifier and the desk are promised: their parts are theirs, whoever writes beside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import numpy as np
import pytest

from indices.documents import PostRecord, ReviewStatus
from indices.errors import DimensionMismatchError, VersionConflictError
from indices.identity import text_hash
from indices.queries import PostQuery
from indices.store import Store
from tests.indices.contract_documents import make_assessment, make_post, make_review, make_vector


def test_assessments_and_vectors_are_read_back_exactly(store: Store) -> None:
    posts = [make_post(number) for number in range(3)]
    store.upsert_posts(posts)
    assessments = [make_assessment(post, probability=0.1 + 0.2) for post in posts]
    vectors = make_vector(7, count=3)

    store.put_assessments(assessments, vectors)

    for post, assessment, vector in zip(posts, assessments, vectors, strict=True):
        assert store.find_record(post.id) == PostRecord(post=post, assessment=assessment)
        found = store.find_vector(post.id)
        assert found is not None
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, vector)


def test_assessments_of_unknown_posts_are_left_out(store: Store) -> None:
    known, unknown = make_post(1), make_post(2)
    store.upsert_posts([known])

    store.put_assessments([make_assessment(unknown), make_assessment(known)], make_vector(1, 2))

    assert store.find_record(unknown.id) is None
    assert store.find_vector(unknown.id) is None
    np.testing.assert_array_equal(store.find_vector(known.id), make_vector(1, 2)[1])


def test_a_second_assessment_replaces_the_first_and_may_leave_the_vector(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    store.put_assessments([make_assessment(post, model="lama-1")], make_vector(1, count=1))
    newer = make_assessment(post, model="baru-2", reasons=(), matches=())

    store.put_assessments([newer])

    record = store.find_record(post.id)
    assert record is not None
    assert record.assessment == newer
    np.testing.assert_array_equal(store.find_vector(post.id), make_vector(1, count=1)[0])


def test_no_assessments_are_no_work(store: Store) -> None:
    store.put_assessments([])
    store.put_assessments([], np.zeros((0, 8), dtype=np.float32))
    assert store.check_health().counts["assessments"] == 0


def test_a_post_without_a_vector_has_none(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    store.put_assessments([make_assessment(post)])

    assert store.find_vector(post.id) is None
    assert store.find_vector("unknown") is None


def test_vectors_of_another_size_are_refused_and_nothing_is_written(store: Store) -> None:
    first, second = make_post(1), make_post(2)
    store.upsert_posts([first, second])
    store.put_assessments([make_assessment(first)], make_vector(1, count=1, dimensions=8))

    with pytest.raises(DimensionMismatchError, match="8"):
        store.put_assessments([make_assessment(second)], make_vector(1, count=1, dimensions=16))

    assert store.find_record(second.id) == PostRecord(post=second)


def test_unassessed_posts_come_oldest_first_and_each_once(store: Store) -> None:
    start = make_post(0).collected_at
    posts = [make_post(n, collected_at=start + timedelta(minutes=97 * n % 60)) for n in range(20)]
    store.upsert_posts(posts)
    store.refresh()

    found = list(store.iter_unassessed("model-1"))

    assert [post.collected_at for post in found] == sorted(post.collected_at for post in posts)
    assert sorted(post.id for post in found) == sorted(post.id for post in posts)
    assert len(list(store.iter_unassessed("model-1", limit=7))) == 7
    assert list(store.iter_unassessed("model-1", limit=0)) == []


def test_a_refit_of_the_last_layer_does_not_read_everything_again(store: Store) -> None:
    first, second = make_post(1), make_post(2)
    store.upsert_posts([first, second])
    store.put_assessments([make_assessment(first, model="model-1")])
    store.put_assessments([make_assessment(second, model="model-1+abc")])
    store.refresh()

    assert list(store.iter_unassessed("model-1+def")) == []
    assert list(store.iter_unassessed("model-1")) == []
    assert len(list(store.iter_unassessed("model-10"))) == 2


def test_what_a_model_has_read_is_not_offered_again_but_is_to_the_next_model(store: Store) -> None:
    read, unread = make_post(1), make_post(2)
    store.upsert_posts([read, unread])
    store.put_assessments([make_assessment(read, model="model-1")])
    store.refresh()

    assert [post.id for post in store.iter_unassessed("model-1")] == [unread.id]
    assert {post.id for post in store.iter_unassessed("model-2")} == {read.id, unread.id}


def test_a_changed_text_is_offered_again_and_a_changed_count_is_not(store: Store) -> None:
    edited, liked = make_post(1), make_post(2)
    store.upsert_posts([edited, liked])
    store.put_assessments([make_assessment(post, model="m") for post in (edited, liked)])
    rewritten = replace(edited, text="Lain.", text_hash=text_hash(edited.title, "Lain."))
    store.upsert_posts([rewritten, replace(liked, reach={"likes": 5})])
    store.refresh()

    assert list(store.iter_unassessed("m")) == [rewritten]

    store.put_assessments([make_assessment(edited, model="m")])  # read before the edit
    store.refresh()
    assert list(store.iter_unassessed("m")) == [rewritten]

    store.put_assessments([make_assessment(rewritten, model="m")])
    store.refresh()
    assert list(store.iter_unassessed("m")) == []


def test_a_text_that_is_changed_back_needs_no_second_reading(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    store.put_assessments([make_assessment(post, model="m")])
    store.upsert_posts([replace(post, text="Lain.", text_hash="f" * 16)])
    store.upsert_posts([post])
    store.refresh()

    assert list(store.iter_unassessed("m")) == []


def test_assessing_while_iterating_reads_every_post_once(store: Store) -> None:
    posts = [make_post(number) for number in range(50)]
    store.upsert_posts(posts)
    store.refresh()
    seen: list[str] = []
    unread = store.iter_unassessed("m")
    while batch := list(islice(unread, 8)):
        seen += [post.id for post in batch]
        store.put_assessments([make_assessment(post, model="m") for post in batch])
        store.refresh()

    assert sorted(seen) == sorted(post.id for post in posts)
    assert list(store.iter_unassessed("m")) == []


def test_reviews_follow_their_versions(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    first = make_review(post, version=1, status=ReviewStatus.TRIAGED)
    second = make_review(post, version=2, status=ReviewStatus.IN_CASE, case_id="isu-1")

    store.put_review(first)
    store.put_review(first)
    store.put_review(second)
    store.put_review(second)

    assert store.find_record(post.id) == PostRecord(post=post, review=second)
    for stale in (
        first,
        replace(second, reason="lain"),
        make_review(post, version=4),
        make_review(post, version=0),
    ):
        with pytest.raises(VersionConflictError):
            store.put_review(stale)
    assert store.find_record(post.id) == PostRecord(post=post, review=second)


def test_a_first_review_is_version_one_and_of_a_known_post(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])

    with pytest.raises(VersionConflictError):
        store.put_review(make_review(post, version=2))
    with pytest.raises(VersionConflictError):
        store.put_review(make_review(make_post(2), version=1))

    assert store.find_record(post.id) == PostRecord(post=post)
    assert store.find_record(make_post(2).id) is None


def test_of_two_reviewers_with_the_same_version_one_wins(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])

    def review(reviewer: str) -> str:
        try:
            store.put_review(make_review(post, version=1, reviewer=reviewer))
        except VersionConflictError:
            return ""
        return reviewer

    with ThreadPoolExecutor(8) as threads:
        winners = [name for name in threads.map(review, [f"u{n}" for n in range(16)]) if name]

    assert len(winners) == 1
    record = store.find_record(post.id)
    assert record is not None
    assert record.review is not None
    assert record.review.reviewer == winners[0]


def test_three_owners_write_at_once_and_nothing_is_lost(store: Store) -> None:
    posts = [make_post(number) for number in range(12)]
    store.upsert_posts(posts)
    rounds = 6

    def crawl() -> None:
        for likes in range(1, rounds + 1):
            store.upsert_posts([replace(post, reach={"likes": likes}) for post in posts])

    def assess() -> None:
        for turn in range(1, rounds + 1):
            store.put_assessments(
                [make_assessment(post, model=f"m{turn}") for post in posts],
                make_vector(turn, count=len(posts)),
            )

    def review() -> None:
        for version in range(1, rounds + 1):
            for post in posts:
                store.put_review(make_review(post, version=version))

    with ThreadPoolExecutor(3) as threads:
        for done in [threads.submit(work) for work in (crawl, assess, review)]:
            done.result()

    for post, vector in zip(posts, make_vector(rounds, count=len(posts)), strict=True):
        assert store.find_record(post.id) == PostRecord(
            post=replace(post, reach={"likes": rounds}),
            assessment=make_assessment(post, model=f"m{rounds}"),
            review=make_review(post, version=rounds),
        )
        np.testing.assert_array_equal(store.find_vector(post.id), vector)


def test_records_are_restored_exactly_over_whatever_was_there(store: Store) -> None:
    post, other = make_post(1), make_post(2)
    store.upsert_posts([replace(post, title="Judul lama"), other])
    store.put_assessments([make_assessment(other)], make_vector(5, count=1))
    store.put_review(make_review(other, version=1))
    full = PostRecord(
        post=replace(post, collected_at=post.collected_at - timedelta(days=400)),
        assessment=make_assessment(post, model="m"),
        review=make_review(post, version=7),
    )
    bare = PostRecord(post=other)
    vector = make_vector(9, count=1)[0]

    store.put_records([full, bare], {post.id: vector})
    store.refresh()

    assert store.find_records([post.id, other.id]) == {post.id: full, other.id: bare}
    np.testing.assert_array_equal(store.find_vector(post.id), vector)
    assert store.find_vector(other.id) is None
    assert [found.id for found in store.iter_unassessed("m")] == [other.id]
    assert store.search(PostQuery(text="lama")).total == 0
    store.put_review(make_review(post, version=8))


def test_restoring_a_stale_assessment_keeps_it_stale(store: Store) -> None:
    post = make_post(1)
    stale = replace(make_assessment(post, model="m"), text_hash="0" * 16)

    store.put_records([PostRecord(post=post, assessment=stale)])
    store.refresh()

    assert [found.id for found in store.iter_unassessed("m")] == [post.id]
