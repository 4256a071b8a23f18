"""People overrule claim groups: at once, with a way back, and kept as pairs that machines obey."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import select

from indices.claim_groups.rulings import Rulings
from indices.documents import GroupChangeKind, GroupMember, Post
from review_ui.desk import claim_groups, outbox
from review_ui.desk.errors import GuardError, NotAllowedError, WrongStateError
from review_ui.desk.models import AuditEvent
from tests.factories import an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post


@pytest.fixture
def posts(newsroom: Newsroom) -> list[Post]:
    """Three posts of one group and one of another."""
    posts = [a_social_post(number) for number in (41, 42, 43, 44)]
    newsroom.store.upsert_posts(posts)
    vectors = np.eye(len(posts), 8, dtype=np.float32)
    assessments = [an_assessment(post_id=p.id, text_hash=p.text_hash) for p in posts]
    newsroom.store.put_assessments(assessments, vectors)
    groups = ("20261116-a", "20261116-a", "20261116-a", "20261117-b")
    newsroom.store.put_members(
        [
            GroupMember(
                post_id=post.id,
                text_hash=post.text_hash,
                group_id=group,
                like_id=posts[0].id if post is posts[1] else "",
                probability=0.87,
            )
            for post, group in zip(posts, groups, strict=True)
        ]
    )
    return posts


def deliver(newsroom: Newsroom) -> None:
    newsroom.session.commit()
    outbox.deliver(newsroom.session, newsroom.store, now=newsroom.desk("penelaah").now)


def groups_of(newsroom: Newsroom, posts: list[Post]) -> list[str]:
    members = newsroom.store.find_members([post.id for post in posts])
    return [members[post.id].group_id for post in posts]


def rulings(newsroom: Newsroom) -> Rulings:
    return Rulings.of(newsroom.store.iter_group_rulings())


def test_a_post_that_is_taken_out_is_alone_and_kept_apart(
    newsroom: Newsroom, posts: list[Post]
) -> None:
    change = claim_groups.take_out(newsroom.desk("penelaah"), posts[1].id, "Tentang desa lain.")
    deliver(newsroom)

    first, taken, third, _ = groups_of(newsroom, posts)
    assert first == third == "20261116-a" != taken == change.to_group
    assert newsroom.store.find_members([posts[1].id])[posts[1].id].by_person
    assert rulings(newsroom).keeps_apart(posts[1].id, [posts[0].id])
    event = newsroom.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.note) == ("group.moved", "Tentang desa lain.")
    assert event.after["group"] == taken
    with pytest.raises(WrongStateError):
        claim_groups.take_out(newsroom.desk("penelaah"), posts[1].id)


def test_a_post_is_put_into_anothers_group(newsroom: Newsroom, posts: list[Post]) -> None:
    claim_groups.put_in(newsroom.desk("penelaah"), posts[3].id, posts[0].id)
    deliver(newsroom)

    assert groups_of(newsroom, posts) == ["20261116-a"] * 4
    assert rulings(newsroom).together_with(posts[3].id) == [posts[0].id]
    with pytest.raises(WrongStateError):
        claim_groups.put_in(newsroom.desk("penelaah"), posts[3].id, posts[0].id)


def test_two_groups_become_one_under_the_larger_ones_id(
    newsroom: Newsroom, posts: list[Post]
) -> None:
    change = claim_groups.merge(newsroom.desk("penelaah"), posts[0].id, posts[3].id)
    deliver(newsroom)

    assert (change.kind, change.post_ids) == (GroupChangeKind.MERGED, (posts[3].id,))
    assert groups_of(newsroom, posts) == ["20261116-a"] * 4


def test_the_last_word_can_be_taken_back_by_who_said_it(
    newsroom: Newsroom, posts: list[Post]
) -> None:
    change = claim_groups.take_out(newsroom.desk("penelaah"), posts[1].id)
    deliver(newsroom)
    with pytest.raises(WrongStateError):
        claim_groups.undo(newsroom.desk("redaktur"), change.id)

    back = claim_groups.undo(newsroom.desk("penelaah"), change.id)
    deliver(newsroom)

    assert groups_of(newsroom, posts)[1] == "20261116-a"
    assert not newsroom.store.find_members([posts[1].id])[posts[1].id].by_person
    assert not rulings(newsroom).names(posts[1].id)
    for again in (change.id, back.id, "none"):
        with pytest.raises(WrongStateError):
            claim_groups.undo(newsroom.desk("penelaah"), again)


def test_who_only_reads_changes_nothing_and_an_unplaced_post_is_told(
    newsroom: Newsroom, posts: list[Post]
) -> None:
    for act in (claim_groups.put_in, claim_groups.merge):
        with pytest.raises(NotAllowedError):
            act(newsroom.desk("juru_bicara"), posts[0].id, posts[3].id)
    with pytest.raises(NotAllowedError):
        claim_groups.take_out(newsroom.desk("juru_bicara"), posts[0].id)
    with pytest.raises(GuardError):
        claim_groups.take_out(newsroom.desk("penelaah"), a_social_post(1).id)


def test_what_the_index_was_not_told_yet_waits_for_it(
    newsroom: Newsroom, posts: list[Post]
) -> None:
    claim_groups.take_out(newsroom.desk("penelaah"), posts[1].id)
    newsroom.session.commit()

    assert outbox.count_waiting(newsroom.session) == 1
    assert groups_of(newsroom, posts)[1] == "20261116-a"
    deliver(newsroom)
    assert outbox.count_waiting(newsroom.session) == 0
    assert groups_of(newsroom, posts)[1] != "20261116-a"


def test_on_the_page_a_group_says_why_and_buttons_move_and_undo(
    newsroom: Newsroom, posts: list[Post], as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("penelaah")
    page = visitor.get(f"/unggahan/{posts[0].id}")
    assert "Klaim yang sama" in page
    assert "masuk dengan peluang 87 %" in page
    assert "kata bersama:" in page

    moved = visitor.post("/kelompok/keluarkan", {"post_id": posts[1].id})
    assert moved.headers["Location"].endswith(f"/unggahan/{posts[1].id}")
    after = visitor.get(f"/unggahan/{posts[1].id}")
    assert "Unggahan dikeluarkan dari kelompoknya." in after
    assert "Klaimnya sama dengan unggahan lain" in after
    group = visitor.get("/kelompok/20261116-a")
    assert "2 unggahan menceritakan klaim ini." in group
    assert "Dipindahkan" in group
    assert "Dipindahkan" in visitor.get("/kelompok")
    (change,) = newsroom.store.iter_group_changes()
    visitor.post("/kelompok/batal", {"change_id": change.id})
    assert "kelompok kembali seperti semula" in visitor.get("/kelompok")
    assert groups_of(newsroom, posts)[1] == "20261116-a"


def test_the_page_of_groups_lists_what_most_posts_tell_or_says_how_it_fills(
    newsroom: Newsroom, posts: list[Post], as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("penelaah")
    page = visitor.get("/kelompok")
    assert 'href="/kelompok/20261116-a"' in page
    assert "3 unggahan ·" in page
    assert 'aria-current="page"' in page
    for post in posts[1:]:
        visitor.post("/kelompok/keluarkan", {"post_id": post.id})
    assert "Belum ada klaim yang diceritakan lebih dari satu unggahan" in visitor.get("/kelompok")


def test_posts_and_groups_that_nobody_knows_are_not_found(
    posts: list[Post], as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("penelaah")
    assert visitor.client.get("/kelompok/none").status_code == 404
    token = visitor.token()
    given = {"csrf_token": token, "post_id": posts[0].id, "other_id": "none"}
    assert visitor.client.post("/kelompok/masukkan", data=given).status_code == 404
