"""Posts go from group to group; the record comes first and twice does no harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indices.claim_groups.explaining import count_others, find_claim_group
from indices.claim_groups.moving import MACHINE, build_change, carry_out, new_group_id
from indices.documents import GroupChangeKind, GroupMember, Post
from indices.store import Store
from tests.factories import a_post
from tests.stores import embedded_store

NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return embedded_store(tmp_path)


def placed(store: Store, count: int, group_id: str = "20261116-a") -> list[Post]:
    texts = [f"Waduk Loa Pinang jebol malam ini, warga nomor {n} mengungsi" for n in range(count)]
    posts = [
        a_post(id=f"{group_id}-{n}", title="", text=text, collected_at=NOW + timedelta(minutes=n))
        for n, text in enumerate(texts)
    ]
    store.upsert_posts(posts)
    store.put_members(
        [GroupMember(post_id=p.id, text_hash=p.text_hash, group_id=group_id) for p in posts]
    )
    return posts


def move(store: Store, posts: list[Post], to: str, by: str = MACHINE, undoes: str = "") -> None:
    found = store.find_members([post.id for post in posts])
    members = [found[post.id] for post in posts]
    change = build_change(
        members, to, GroupChangeKind.MOVED, by=by, at=NOW, reason="Klaim lain.", undoes=undoes
    )
    assert carry_out(store, change) == len(posts)
    assert carry_out(store, change) == 0  # they are there already
    assert change in store.iter_group_changes(group_id=to)


def test_a_group_is_named_after_the_day_and_its_first_post_and_never_twice_alike() -> None:
    post = a_post(collected_at=NOW)

    assert new_group_id(post).startswith("20261116-")
    assert new_group_id(post) == new_group_id(post) != new_group_id(post, "again")
    assert new_group_id(a_post(id="other", collected_at=NOW)) != new_group_id(post)


def test_what_a_person_moves_is_a_persons_and_stays_so(store: Store) -> None:
    first, second, third = placed(store, 3)

    move(store, [third], "20261116-b", by="7")

    member = store.find_members([third.id])[third.id]
    assert (member.group_id, member.by_person) == ("20261116-b", True)
    assert not store.find_members([first.id])[first.id].by_person
    move(store, [second], "20261116-c")
    assert not store.find_members([second.id])[second.id].by_person


def test_what_is_taken_back_is_no_persons_word_any_longer(store: Store) -> None:
    _, post = placed(store, 2)
    move(store, [post], "20261116-b", by="7")

    move(store, [post], "20261116-a", by="7", undoes="that")

    member = store.find_members([post.id])[post.id]
    assert (member.group_id, member.by_person) == ("20261116-a", False)


def test_a_group_is_told_with_what_its_posts_share_and_what_moved_them(store: Store) -> None:
    posts = placed(store, 3)
    alone = placed(store, 1, "20261117-b")
    move(store, [posts[2]], "20261117-b", by="7")

    group = find_claim_group(store, posts[0])

    assert group is not None
    assert (group.id, group.total) == ("20261116-a", 2)
    assert [other.post.id for other in group.others] == [posts[1].id]
    assert {"waduk", "pinang", "jebol"} <= set(group.others[0].shared_terms)
    assert [change.to_group for change in group.changes] == ["20261117-b"]
    assert count_others(store, [posts[0].id, alone[0].id, "none"]) == {
        posts[0].id: 1,
        alone[0].id: 1,
    }


def test_a_post_that_was_not_placed_has_no_group(store: Store) -> None:
    post = a_post()
    store.upsert_posts([post])

    assert find_claim_group(store, post) is None
    assert count_others(store, [post.id]) == {}


def test_words_in_common_show_nothing_of_a_number_that_is_masked_elsewhere(store: Store) -> None:
    texts = [f"Undian Bank Lembah, hubungi 0812-0000-4411 {when}" for when in ("kini", "segera")]
    posts = [a_post(id=f"u-{n}", title="", text=text) for n, text in enumerate(texts)]
    store.upsert_posts(posts)
    store.put_members(
        [GroupMember(post_id=p.id, text_hash=p.text_hash, group_id="20261116-u") for p in posts]
    )
    group = find_claim_group(store, posts[0])
    assert group is not None
    (other,) = group.others
    assert "undian" in other.shared_terms
    shown = " ".join(other.shared_terms)
    assert not any(part in shown for part in ("0812", "0000", "4411", "081200004411"))
