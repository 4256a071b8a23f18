"""What vectors add: words and meaning fused, and more like this."""

from __future__ import annotations

import numpy as np
import pytest

from indices.documents import Post
from indices.errors import BadInputError, DimensionMismatchError
from indices.queries import PostQuery
from indices.store import FloatArray, Store
from tests.indices.contract_documents import make_assessment, make_post, make_vector

DIMENSIONS = 8


def near(direction: int, tilt: float = 0.0) -> FloatArray:
    """Shape (8,), unit length: an axis, tilted a little towards the last one."""
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[direction] = 1.0
    vector[-1] += tilt
    unit: FloatArray = vector / np.linalg.norm(vector)
    return unit


def add(store: Store, posts: list[Post], vectors: FloatArray) -> None:
    store.upsert_posts(posts)
    store.put_assessments([make_assessment(post) for post in posts], vectors)
    store.refresh()


def library(store: Store) -> dict[str, Post]:
    posts = {
        "both": make_post(1, title="Bendungan jebol", text="Air meluap.", platform="x"),
        "words": make_post(2, title="Bendungan dicat", text="Warna biru.", platform="x"),
        "meaning": make_post(3, title="Tanggul runtuh", text="Air ke mana-mana."),
        "neither": make_post(4, title="Panen raya", text="Padi melimpah."),
    }
    add(store, list(posts.values()), np.stack([near(0), near(2), near(0, 0.2), near(1)]))
    return posts


def test_what_matches_in_words_and_meaning_comes_first(store: Store) -> None:
    posts = library(store)

    page = store.search(PostQuery(text="bendungan"), vector=near(0))

    order = [hit.record.post.id for hit in page.hits]
    assert order[0] == posts["both"].id
    assert set(order[1:3]) == {posts["words"].id, posts["meaning"].id}
    scores = [hit.score for hit in page.hits]
    assert scores == sorted(scores, reverse=True)
    assert page.total == len(page.hits)


def test_meaning_alone_ranks_by_nearness(store: Store) -> None:
    posts = library(store)

    page = store.search(PostQuery(), vector=near(0), limit=2)

    assert [hit.record.post.id for hit in page.hits] == [posts["both"].id, posts["meaning"].id]


def test_filters_bind_both_kinds_of_ranking(store: Store) -> None:
    posts = library(store)

    page = store.search(PostQuery(text="bendungan", platforms=("x",)), vector=near(0))

    assert {hit.record.post.id for hit in page.hits} == {posts["both"].id, posts["words"].id}


def test_hybrid_pages_follow_each_other(store: Store) -> None:
    posts = [make_post(number) for number in range(23)]
    add(store, posts, make_vector(3, count=23, dimensions=DIMENSIONS))
    query = PostQuery(text="jembatan")
    whole = store.search(query, vector=near(0), limit=1000)

    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = store.search(query, vector=near(0), limit=5, cursor=cursor)
        seen += [hit.record.post.id for hit in page.hits]
        if (cursor := page.next_cursor) is None:
            break

    assert seen == [hit.record.post.id for hit in whole.hits]
    assert sorted(seen) == sorted(post.id for post in posts)


def test_a_hybrid_cursor_from_elsewhere_is_refused(store: Store) -> None:
    library(store)

    with pytest.raises(BadInputError):
        store.search(PostQuery(text="air"), vector=near(0), cursor="bukan kursor")


def test_a_query_vector_of_another_size_is_refused(store: Store) -> None:
    library(store)

    with pytest.raises(DimensionMismatchError):
        store.search(PostQuery(text="air"), vector=make_vector(1, 1, dimensions=16)[0])


def test_a_vector_helps_nothing_where_no_post_has_one(store: Store) -> None:
    post = make_post(1, title="Bendungan", text="Air.")
    store.upsert_posts([post, make_post(2, title="Sawah", text="Padi.")])
    store.refresh()

    page = store.search(PostQuery(text="bendungan"), vector=near(0))

    assert [hit.record.post.id for hit in page.hits] == [post.id]


def test_the_nearest_of_many_is_found(store: Store) -> None:
    posts = [make_post(number) for number in range(400)]
    vectors = make_vector(5, count=400, dimensions=DIMENSIONS)
    add(store, posts, vectors)
    exact = np.argsort(-(vectors @ near(0)))[:10]

    page = store.search(PostQuery(), vector=near(0), limit=10)

    wanted = {posts[row].id for row in exact}
    assert len(wanted & {hit.record.post.id for hit in page.hits}) >= 9


def test_similar_posts_are_the_nearest_and_never_itself(store: Store) -> None:
    posts = library(store)

    hits = store.find_similar(posts["both"].id, limit=2)

    assert hits[0].record.post.id == posts["meaning"].id
    assert len(hits) == 2
    assert posts["both"].id not in {hit.record.post.id for hit in hits}
    assert hits[0].score >= hits[1].score


def test_similar_posts_without_a_vector_share_words(store: Store) -> None:
    asked = make_post(1, title="Bendungan Sarang jebol", text="Warga mengungsi ke bukit.")
    close = make_post(2, title="Warga mengungsi", text="Bendungan Sarang diperiksa petugas.")
    far = make_post(3, title="Panen raya", text="Padi melimpah tahun ini.")
    store.upsert_posts([asked, close, far])
    store.refresh()

    hits = store.find_similar(asked.id)

    assert [hit.record.post.id for hit in hits] == [close.id]


def test_nothing_is_similar_to_an_unknown_or_wordless_post(store: Store) -> None:
    silent = make_post(1, title="", text="?!")
    store.upsert_posts([silent, make_post(2)])
    store.refresh()

    assert store.find_similar("unknown") == []
    assert store.find_similar(silent.id) == []
