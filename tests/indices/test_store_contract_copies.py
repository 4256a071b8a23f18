"""What the search for copies is promised: keys and groups kept with the post, on both backends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from indices.documents import Copy, Post, PostRecord
from indices.store import Store
from tests.indices.contract_documents import make_post
from tests.indices.test_store_contract_posts import rewritten


def numbered(count: int) -> list[Post]:
    """Posts, oldest first."""
    first = make_post(1).collected_at
    return [make_post(n, collected_at=first + timedelta(minutes=n)) for n in range(count)]


def copy_of(post: Post, *keys: int, **over: object) -> Copy:
    copy = Copy(post_id=post.id, text_hash=post.text_hash, group_id="20261116-a", keys=keys)
    return replace(copy, **over)


def test_posts_are_ungrouped_until_compared_and_again_when_their_words_change(
    store: Store,
) -> None:
    posts = numbered(3)
    store.upsert_posts(posts[::-1])
    assert [post.id for post in store.iter_ungrouped()] == [post.id for post in posts]
    assert [post.id for post in store.iter_ungrouped(limit=2)] == [p.id for p in posts[:2]]

    store.put_copies([copy_of(post, 1) for post in posts])
    assert list(store.iter_ungrouped()) == []

    store.upsert_posts([replace(posts[0], section="Ekonomi"), rewritten(posts[1], "Lain.")])
    assert [post.text for post in store.iter_ungrouped()] == ["Lain."]

    store.put_copies([copy_of(posts[1], 1)])  # of the words before: it still must be compared
    assert [post.text for post in store.iter_ungrouped()] == ["Lain."]


def test_a_copy_is_read_back_as_written_and_replaced_whole(store: Store) -> None:
    post, other = numbered(2)
    store.upsert_posts([post, other])
    written = copy_of(post, 1, 2**63 - 1, like_id=other.id, similarity=0.9375)

    store.put_copies([written, copy_of(replace(other, id="unknown"), 1)])

    assert store.find_copies([post.id, other.id, "unknown"]) == {post.id: written}
    later = copy_of(post, 7, group_id="20261117-b")
    store.put_copies([later])
    assert store.find_copies([post.id]) == {post.id: later}
    assert store.find_alike([(1, 2**63 - 1), (7,), ()]) == [[], [later], []]
    assert store.count_groups(["20261116-a", "20261117-b"]) == {"20261117-b": 1}


def test_posts_that_share_most_keys_come_first_then_the_oldest(store: Store) -> None:
    posts = numbered(4)
    store.upsert_posts(posts)
    keys = [(1, 9), (1, 2, 8), (1, 2, 3), (4,)]
    copies = [copy_of(post, *own) for post, own in zip(posts, keys, strict=True)]
    store.put_copies(copies)

    assert store.find_alike([(1, 2, 3)]) == [[copies[2], copies[1], copies[0]]]
    assert store.find_alike([(1,), (5,)], limit=2) == [copies[:2], []]


def test_of_very_many_with_one_text_the_oldest_are_found(store: Store) -> None:
    posts = numbered(60)
    store.upsert_posts(posts)
    store.put_copies([copy_of(post, 5) for post in posts])

    assert [copy.post_id for copy in store.find_alike([(5,)], limit=3)[0]] == [
        post.id for post in posts[:3]
    ]


def test_a_group_is_counted_and_listed_oldest_first(store: Store) -> None:
    posts = numbered(5)
    store.upsert_posts(posts)
    copies = [copy_of(post, 1) for post in posts[:4]]
    store.put_copies([*copies, copy_of(posts[4], 2, group_id="20261117-b")])
    store.refresh()

    assert list(store.iter_group("20261116-a")) == copies
    assert list(store.iter_group("none")) == []
    counted = store.count_groups(["20261116-a", "20261117-b", "none"])
    assert counted == {"20261116-a": 4, "20261117-b": 1}
    assert store.count_groups([]) == {}


def test_the_copy_is_nobody_elses_part_and_goes_with_its_post(store: Store) -> None:
    kept, gone = (
        make_post(1),
        make_post(2, collected_at=make_post(1).collected_at.replace(year=1999)),
    )
    store.upsert_posts([kept, gone])
    store.put_copies([copy_of(kept, 1), copy_of(gone, 1)])
    assert store.find_record(kept.id) == PostRecord(post=kept)
    store.upsert_posts([replace(kept, author="Pena Lain")])
    assert store.find_copies([kept.id]) == {kept.id: copy_of(kept, 1)}
    store.refresh()

    store.delete_posts_before(kept.collected_at)

    assert store.find_alike([(1,)]) == [[copy_of(kept, 1)]]
    assert store.find_copies([gone.id]) == {}
    store.upsert_posts([gone])
    assert [post.id for post in store.iter_ungrouped()] == [gone.id]


def test_a_restored_post_is_compared_again(store: Store) -> None:
    post = make_post(1)
    store.upsert_posts([post])
    store.put_copies([copy_of(post, 1)])

    store.put_records([PostRecord(post=post)])

    assert [each.id for each in store.iter_ungrouped()] == [post.id]
    assert store.find_alike([(1,)]) == [[]]
