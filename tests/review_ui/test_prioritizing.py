"""Pages of the queue by priority fit together, and the most urgent is on the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indices.documents import GroupMember, ReviewStatus
from indices.errors import BadInputError
from indices.queries import PostQuery
from review_ui.prioritizing import RankedQueue, rank_queue
from tests.factories import an_assessment
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, a_social_post

QUERY = PostQuery(flagged=True, statuses=(ReviewStatus.NEW,))


def rank(newsroom: Newsroom, *, one_per_claim: bool = False) -> RankedQueue:
    return rank_queue(newsroom.store, newsroom.settings, QUERY, one_per_claim=one_per_claim)


def pages(newsroom: Newsroom, limit: int, *, one_per_claim: bool = False) -> list[str]:
    ids: list[str] = []
    cursor = None
    while True:
        page = rank(newsroom, one_per_claim=one_per_claim).page(limit, cursor)
        ids += [hit.record.post.id for hit in page.hits]
        cursor = page.next_cursor
        if cursor is None:
            return ids


def put_urgent(newsroom: Newsroom) -> str:
    post = a_social_post(
        50, text="Gempa dan tsunami menuju Lembah Sarang, sebarkan!", reach={"shares": 90_000}
    )
    newsroom.store.upsert_posts([post])
    newsroom.store.put_assessments(
        [an_assessment(post_id=post.id, text_hash=post.text_hash, probability=0.6)]
    )
    newsroom.store.refresh()
    return post.id


def test_every_post_is_on_one_page_only_whatever_their_length(newsroom: Newsroom) -> None:
    put_urgent(newsroom)
    whole = pages(newsroom, 100)
    assert len(whole) == len(set(whole)) == 7
    assert pages(newsroom, 2) == pages(newsroom, 3) == whole


def test_of_each_claim_only_the_most_urgent_post_has_a_row(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    whole = pages(newsroom, 100)
    records = newsroom.store.find_records(whole)
    together = [whole[1], whole[3], whole[4]]
    newsroom.store.put_members(
        [
            GroupMember(post_id=key, text_hash=records[key].post.text_hash, group_id="klaim-a")
            for key in together
        ]
    )
    newsroom.store.refresh()
    expected = [key for key in whole if key not in together[1:]]
    assert pages(newsroom, 100, one_per_claim=True) == expected
    assert pages(newsroom, 2, one_per_claim=True) == expected
    page = as_role("penelaah").get("/antrean?urut=klaim")
    assert f"{len(expected)} klaim" in page
    assert "2 lain berklaim sama" in page
    assert f'id="u-{together[0]}"' in page
    assert f'id="u-{together[1]}"' not in page


def test_a_post_that_is_decided_between_two_pages_moves_no_other(newsroom: Newsroom) -> None:
    first = rank(newsroom).page(3, None)
    expected = pages(newsroom, 100)[3:]
    from review_ui.desk import reviews

    desk = newsroom.desk("penelaah")
    reviews.triage(desk, first.hits[0].record.post.id, "monitor")
    newsroom.session.commit()
    from review_ui.desk.outbox import deliver

    deliver(newsroom.session, newsroom.store, now=desk.now)
    newsroom.store.refresh()
    following = rank(newsroom).page(3, first.next_cursor)
    assert [hit.record.post.id for hit in following.hits] == expected[:3]


def test_reach_and_harm_win_over_a_higher_probability(
    newsroom: Newsroom, as_role: Callable[[str], Visitor]
) -> None:
    urgent = put_urgent(newsroom)
    assert pages(newsroom, 100)[0] == urgent
    page = as_role("penelaah").get("/antrean?urut=prioritas")
    assert page.index("tsunami") < page.index("PDAM")
    for word in ("bahaya", "jangkauan", "kecepatan", "kelokalan"):
        assert word in page


@pytest.mark.parametrize("cursor", ["x", "prioritas~x~y", "~~"])
def test_a_page_that_was_never_offered_is_refused(newsroom: Newsroom, cursor: str) -> None:
    with pytest.raises(BadInputError):
        rank(newsroom).page(3, cursor)
