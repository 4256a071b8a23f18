"""The copies of a post come into its case at once, and the press never as the one who claims."""

from __future__ import annotations

from collections.abc import Callable

from indices.copies.grouping import group_posts
from indices.documents import Post, ReviewStatus
from review_ui.desk import outbox
from review_ui.desk.linking import link_copies
from review_ui.desk.vocabulary import LinkRole
from tests.factories import a_post
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post

TEXT = "Awas, air PDAM tercemar limbah pabrik sejak kemarin sore, jangan diminum dulu ya warga"


def put_copies(newsroom: Newsroom) -> list[Post]:
    """Three social posts and a newspaper's, all of one text."""
    posts = [a_social_post(number, text=TEXT) for number in (31, 32, 33)]
    posts.append(a_post(url="https://kabarlembah.example/salinan", title="", text=TEXT))
    newsroom.store.upsert_posts(posts)
    group_posts(newsroom.store, posts)
    newsroom.store.refresh()
    return posts


def test_copies_in_no_case_are_linked_and_the_press_only_as_reporting(newsroom: Newsroom) -> None:
    first, second, third, press = put_copies(newsroom)
    other = newsroom.case(third)
    newsroom.session.commit()
    outbox.deliver(newsroom.session, newsroom.store, now=newsroom.desk("penelaah").now)
    case = newsroom.case(first)
    desk = newsroom.desk("penelaah")
    assert link_copies(desk, case, first.id, role=LinkRole.CARRIES) == 2
    roles = {post.post_id: post.role for post in case.posts}
    assert roles == {
        first.id: LinkRole.CARRIES,
        second.id: LinkRole.CARRIES,
        press.id: LinkRole.MENTIONS,
    }
    assert [post.post_id for post in other.posts] == [third.id]
    assert link_copies(desk, case, first.id, role=LinkRole.CARRIES) == 0


def test_a_post_without_copies_brings_nothing(newsroom: Newsroom) -> None:
    alone = a_social_post()
    case = newsroom.case(alone)
    assert link_copies(newsroom.desk("penelaah"), case, alone.id, role=LinkRole.CARRIES) == 0


def test_the_form_on_the_post_page_takes_the_copies_along(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    first, second, *_ = put_copies(newsroom)
    case = newsroom.case()
    newsroom.session.commit()
    visitor = as_role("penelaah")
    assert "juga 3 salinannya" in visitor.get(f"/unggahan/{first.id}")
    form = {
        "csrf_token": visitor.token(),
        "post_id": first.id,
        "case_id": case.id,
        "role": "carries",
        "copies": "yes",
    }
    assert visitor.client.post("/isu/tautkan", data=form).status_code == 303
    record = newsroom.store.find_record(second.id)
    assert record is not None
    assert record.review is not None
    assert record.review.status is ReviewStatus.IN_CASE
