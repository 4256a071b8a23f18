"""What stays in memory follows what other processes write, change and delete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from indices.documents import ReviewStatus
from indices.embedded.store import EmbeddedStore
from indices.queries import CountField, Order, PostQuery
from tests.indices.contract_documents import (
    make_assessment,
    make_post,
    make_review,
    make_vector,
)


@pytest.fixture
def other(path: Path, store: EmbeddedStore) -> Iterator[EmbeddedStore]:
    """A second store on the same file, as another process would have it."""
    opened = EmbeddedStore.open(path)
    yield opened
    opened.close()


def ids(store: EmbeddedStore, query: PostQuery) -> set[str]:
    return {hit.record.post.id for hit in store.search(query).hits}


def test_a_reader_follows_new_changed_and_deleted_posts(
    store: EmbeddedStore, other: EmbeddedStore
) -> None:
    one, two = make_post(1), make_post(2, platform="x")
    assert ids(store, PostQuery(text="jembatan")) == set()

    other.upsert_posts([one, two])
    assert ids(store, PostQuery(text="jembatan")) == {one.id, two.id}

    other.upsert_posts([replace(one, title="Sawah", text="Padi."), replace(two, platform="web")])
    assert ids(store, PostQuery(text="jembatan")) == {two.id}
    assert ids(store, PostQuery(platforms=("web",))) == {one.id, two.id}

    other.delete_posts_before(two.collected_at + timedelta(seconds=1))
    assert ids(store, PostQuery()) == set()
    assert store.count_by(PostQuery(), [CountField.PLATFORM]) == {CountField.PLATFORM: {}}


def test_a_reader_follows_assessments_and_reviews(
    store: EmbeddedStore, other: EmbeddedStore
) -> None:
    post = make_post(1)
    other.upsert_posts([post])
    assert ids(store, PostQuery(flagged=True)) == set()

    other.put_assessments([make_assessment(post, flagged=True)])
    assert ids(store, PostQuery(flagged=True)) == {post.id}

    other.put_review(make_review(post, status=ReviewStatus.CLOSED))
    assert ids(store, PostQuery(statuses=(ReviewStatus.CLOSED,))) == {post.id}


def test_a_reader_follows_vectors_that_come_change_and_go(
    store: EmbeddedStore, other: EmbeddedStore
) -> None:
    posts = [make_post(number) for number in range(40)]
    vectors = make_vector(1, 40)
    other.upsert_posts(posts)

    def nearest(row: int) -> str:
        hits = store.search(PostQuery(), vector=vectors[row], limit=1).hits
        return hits[0].record.post.id if hits else ""

    assert nearest(0) == ""
    for row, post in enumerate(posts):
        other.put_assessments([make_assessment(post)], vectors[row : row + 1])
        assert nearest(row) == post.id

    swapped = vectors[::-1].copy()
    other.put_assessments([make_assessment(post) for post in posts], swapped)
    assert [nearest(row) for row in (0, 39)] == [posts[39].id, posts[0].id]

    other.put_records([store.find_records([posts[0].id])[posts[0].id]])
    assert nearest(39) != posts[0].id
    other.delete_posts_before(posts[0].collected_at + timedelta(seconds=1))
    assert nearest(0) == ""


def test_vectors_of_another_size_may_follow_when_all_are_gone(
    store: EmbeddedStore, other: EmbeddedStore
) -> None:
    post = make_post(1)
    other.upsert_posts([post])
    other.put_assessments([make_assessment(post)], make_vector(1, 1, dimensions=8))
    assert store.search(PostQuery(), vector=make_vector(1, 1, dimensions=8)[0]).total == 1

    other.delete_posts_before(post.collected_at + timedelta(seconds=1))
    other.upsert_posts([post])
    other.put_assessments([make_assessment(post)], make_vector(1, 1, dimensions=16))

    assert store.search(PostQuery(), vector=make_vector(1, 1, dimensions=16)[0]).total == 1


def test_few_and_many_filtered_rows_are_scored_alike(store: EmbeddedStore) -> None:
    posts = [make_post(n, platform=f"p{n % 50}", region=f"r{n % 2}") for n in range(200)]
    vectors = make_vector(2, 200)
    store.upsert_posts(posts)
    store.put_assessments([make_assessment(post) for post in posts], vectors)
    asked = make_vector(3, 1)[0]

    for query, rows in (
        (PostQuery(platforms=("p7",)), range(7, 200, 50)),
        (PostQuery(regions=("r1",)), range(1, 200, 2)),
    ):
        expected = sorted(rows, key=lambda row: -float(vectors[row] @ asked))
        page = store.search(query, vector=asked, limit=1000)
        assert [hit.record.post.id for hit in page.hits] == [posts[row].id for row in expected]


def test_a_number_is_never_used_twice(store: EmbeddedStore, other: EmbeddedStore) -> None:
    old, new = make_post(1), make_post(2, platform="x")
    store.upsert_posts([old])
    assert ids(store, PostQuery()) == {old.id}

    other.delete_posts_before(old.collected_at + timedelta(seconds=1))
    other.upsert_posts([new])

    assert ids(store, PostQuery()) == {new.id}
    assert ids(store, PostQuery(platforms=("x",))) == {new.id}


def test_hits_and_facets_of_the_same_words_agree_after_every_write(store: EmbeddedStore) -> None:
    query = PostQuery(text="jembatan", order=Order.NEWEST)
    for count in range(1, 30):
        store.upsert_posts([make_post(count)])
        facets = store.count_by(query, [CountField.SOURCE])[CountField.SOURCE]
        assert store.search(query, limit=1).total == sum(facets.values()) == count


def test_a_stored_vector_is_given_back_as_it_was(store: EmbeddedStore) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    vector = np.zeros((1, 8), np.float64)
    vector[0, 0] = 1
    store.put_assessments([make_assessment(post)], vector)  # type: ignore[arg-type]

    found = store.find_vector(post.id)

    assert found is not None
    assert found.dtype == np.float32
