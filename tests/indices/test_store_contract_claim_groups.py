"""What claim groups are promised: members kept with the post, rulings and changes, on both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from indices.documents import (
    GroupChange,
    GroupChangeKind,
    GroupMember,
    GroupRuling,
    Post,
    PostRecord,
)
from indices.queries import Neighbour
from indices.store import Store
from tests.indices.contract_documents import make_assessment, make_post
from tests.indices.test_store_contract_copies import numbered
from tests.indices.test_store_contract_posts import rewritten

NOW = make_post(1).collected_at


def member_of(post: Post, group_id: str = "20261116-a", **over: object) -> GroupMember:
    member = GroupMember(post_id=post.id, text_hash=post.text_hash, group_id=group_id)
    return replace(member, **over)


def ruling(number: int, **over: object) -> GroupRuling:
    made = GroupRuling(
        id=f"r{number}",
        one_id="a",
        other_id="b",
        same_claim=True,
        ruled_by="1",
        ruled_at=NOW + timedelta(minutes=number),
    )
    return replace(made, **over)


def assessed(store: Store, posts: list[Post]) -> None:
    store.upsert_posts(posts)
    vectors = np.eye(len(posts), 8, dtype=np.float32)
    store.put_assessments([make_assessment(post) for post in posts], vectors)


def test_posts_are_placed_once_they_are_assessed_and_again_when_their_words_change(
    store: Store,
) -> None:
    posts = numbered(4)
    store.upsert_posts(posts[::-1])
    assert list(store.iter_unplaced()) == []

    assessed(store, posts[:3])
    assert [post.id for post in store.iter_unplaced()] == [post.id for post in posts[:3]]
    assert [post.id for post in store.iter_unplaced(limit=2)] == [p.id for p in posts[:2]]

    store.put_members([member_of(post) for post in posts[:3]])
    assert list(store.iter_unplaced()) == []

    changed = rewritten(posts[1], "Lain.")
    store.upsert_posts([replace(posts[0], section="Ekonomi"), changed])
    assert list(store.iter_unplaced()) == []  # its new words were not assessed
    assessed(store, [changed])
    assert [post.text for post in store.iter_unplaced()] == ["Lain."]


def test_a_member_is_read_back_as_written_and_replaced_whole(store: Store) -> None:
    post, other = numbered(2)
    store.upsert_posts([post, other])
    written = member_of(post, like_id=other.id, probability=0.75, by_person=True)

    store.put_members([written, member_of(replace(other, id="unknown"))])

    assert store.find_members([post.id, other.id, "unknown"]) == {post.id: written}
    later = member_of(post, "20261117-b")
    store.put_members([later])
    assert store.find_members([post.id]) == {post.id: later}


def test_a_group_is_listed_oldest_first_and_counted(store: Store) -> None:
    posts = numbered(5)
    store.upsert_posts(posts[::-1])
    members = [member_of(post) for post in posts[:4]]
    store.put_members([*members[::-1], member_of(posts[4], "20261117-b")])
    store.refresh()

    assert list(store.iter_members("20261116-a")) == members
    assert list(store.iter_members("20261116-a", limit=2)) == members[:2]
    assert list(store.iter_members("none")) == []
    counted = store.count_members(["20261116-a", "20261117-b", "none"])
    assert counted == {"20261116-a": 4, "20261117-b": 1}
    assert store.count_members([]) == {}


def test_the_largest_groups_of_a_time_come_first_and_lonely_posts_are_none(store: Store) -> None:
    posts = numbered(8)
    store.upsert_posts(posts)
    groups = ["b", "b", "c", "c", "a", "a", "a", "alone"]
    store.put_members([member_of(p, group) for p, group in zip(posts, groups, strict=True)])
    store.refresh()

    found = store.find_largest_groups(since=posts[0].collected_at)
    assert list(found.items()) == [("a", 3), ("b", 2), ("c", 2)]
    assert list(store.find_largest_groups(since=posts[0].collected_at, limit=1)) == ["a"]
    later = store.find_largest_groups(since=posts[1].collected_at)
    assert list(later.items()) == [("a", 3), ("c", 2)]
    assert store.find_largest_groups(since=NOW + timedelta(days=99)) == {}


def test_members_go_with_their_posts(store: Store) -> None:
    gone, kept = numbered(2)
    store.upsert_posts([gone, kept])
    store.put_members([member_of(gone), member_of(kept)])
    store.refresh()

    store.delete_posts_before(kept.collected_at)
    store.refresh()

    assert list(store.iter_members("20261116-a")) == [member_of(kept)]
    store.put_records([PostRecord(post=kept)])
    store.refresh()
    assert store.find_members([kept.id]) == {}


def test_the_nearest_posts_of_many_vectors_come_with_their_cosines(store: Store) -> None:
    posts = numbered(3)
    assert store.find_nearest(np.eye(2, 8, dtype=np.float32)) == [[], []]
    assessed(store, posts)
    store.refresh()
    between = np.array([[0.6, 0.8, 0, 0, 0, 0, 0, 0]], np.float32)
    asked = np.vstack([np.eye(1, 8, dtype=np.float32), between])

    first, second = store.find_nearest(asked, limit=2)

    assert first[0] == Neighbour(posts[0].id, 1.0)
    assert [near.post_id for near in second] == [posts[1].id, posts[0].id]
    assert np.allclose([near.cosine for near in second], [0.8, 0.6], atol=0.01)
    assert store.find_nearest(np.empty((0, 8), np.float32)) == []


def test_rulings_and_changes_are_kept_by_id_and_told_oldest_first(store: Store) -> None:
    store.put_group_ruling(ruling(2))
    store.put_group_ruling(ruling(1, same_claim=None, reason="salah tekan"))
    store.put_group_ruling(ruling(2, same_claim=False))
    changes = [
        GroupChange(
            id=f"c{number}",
            kind=GroupChangeKind.SPLIT,
            changed_at=NOW + timedelta(minutes=number),
            changed_by="machine",
            from_group="a",
            to_group=f"b{number}",
            post_ids=("1", "2"),
        )
        for number in range(2)
    ]
    for change in changes[::-1]:
        store.put_group_change(change)
    store.refresh()

    assert list(store.iter_group_rulings()) == [
        ruling(1, same_claim=None, reason="salah tekan"),
        ruling(2, same_claim=False),
    ]
    assert (
        list(store.iter_group_changes()) == list(store.iter_group_changes(group_id="a")) == changes
    )
    assert list(store.iter_group_changes(group_id="b1")) == changes[1:]
