"""Figures of a week from a real index and a real editorial database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from indices.documents import Post
from review_ui.desk import cases, rebuttals, reviews
from review_ui.desk.cases import CaseText
from review_ui.desk.models import Case
from review_ui.desk.vocabulary import CaseStatus, DecisionKind
from review_ui.summaries.building import build_summary
from review_ui.summaries.figures import WeeklySummary
from review_ui.summaries.weeks import Week
from tests.factories import NOW, a_crawl_run, a_source, an_assessment
from tests.review_ui.newsroom import Newsroom, a_social_post, a_weighing

WEEK = Week(2026, 47, "Asia/Makassar")
MONDAY = WEEK.starts_at
AFTER = WEEK.ends_at + timedelta(hours=2)


def a_week_post(number: int, **over: Any) -> Post:
    """A post of the week's Tuesday."""
    at = MONDAY + timedelta(days=1, hours=number)
    return a_social_post(number, **{"published_at": at, "collected_at": at} | over)


def store_posts(room: Newsroom, *posts: Post, flagged: bool = True) -> None:
    room.store.upsert_posts(posts)
    room.store.put_assessments(
        [an_assessment(post_id=p.id, text_hash=p.text_hash, flagged=flagged) for p in posts]
    )


def summarise(room: Newsroom, week: Week = WEEK, now: datetime = AFTER) -> WeeklySummary:
    return build_summary(room.store, room.session, room.settings, week, now)


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose index holds only what the test puts there, within the week."""
    newsroom.store.delete_posts_before(AFTER + timedelta(days=999), keep_cases=False)
    newsroom.minutes = 60 * 24  # Tuesday
    return newsroom


def test_posts_count_in_the_week_in_which_they_appeared(room: Newsroom) -> None:
    store_posts(
        room,
        a_week_post(101),
        a_week_post(102, published_at=MONDAY - timedelta(minutes=1)),
        a_week_post(103, published_at=WEEK.ends_at, collected_at=WEEK.ends_at),
        a_week_post(104, published_at=None, collected_at=MONDAY + timedelta(days=3)),
        a_week_post(105, published_at=None, collected_at=MONDAY - timedelta(days=3)),
    )
    posts = summarise(room).figures.posts
    assert posts.collected == posts.assessed == posts.flagged == 2
    assert summarise(room).before.posts.collected == 2
    assert posts.collected_by_day == {WEEK.days[3]: 1, WEEK.days[5]: 1}


def test_a_flagged_post_is_undecided_until_somebody_looks(room: Newsroom) -> None:
    first, second = a_week_post(1), a_week_post(2)
    store_posts(room, first, second)
    assert summarise(room).figures.posts.undecided == 2
    reviews.triage(room.desk("penelaah"), first.id, "opinion")
    assert summarise(room).figures.posts.undecided == 1


def test_sources_fall_into_exactly_one_group_and_days_without_a_crawl_are_named(
    room: Newsroom,
) -> None:
    for source_id in ("diam", "mati", "lupa"):
        room.store.put_source(a_source(id=source_id, name=source_id.title()))
    store_posts(room, a_week_post(1))
    tuesday = MONDAY + timedelta(days=1, hours=3)
    for source_id, error in (("warga", ""), ("diam", ""), ("mati", "HTTP 503")):
        run = a_crawl_run(
            id=f"run/{source_id}",
            source_id=source_id,
            started_at=tuesday,
            finished_at=tuesday,
            dispositions={"duplicate": 3},
            error=error,
        )
        room.store.put_crawl_run(run)
    coverage = summarise(room).figures.coverage
    assert len(coverage.delivered) == 1
    assert coverage.silent == ("Diam",)
    assert coverage.failed == ("Mati",)
    assert "Lupa" in coverage.not_crawled
    assert coverage.total == len(list(room.store.iter_sources(enabled_only=True)))
    assert coverage.crawled_days == 1
    assert len(coverage.missing_days) == 6


def answered_case(room: Newsroom, *posts: Post) -> Case:
    store_posts(room, *posts)
    case = room.case(*posts)
    room.published(case)
    return case


def test_an_answered_case_comes_with_its_approved_text_and_its_time(room: Newsroom) -> None:
    post = a_week_post(0)
    case = answered_case(room, post)
    (issue,) = summarise(room).issues
    version = case.rebuttal.published if case.rebuttal else None
    assert issue.answer is not None
    assert version is not None
    assert issue.answer.headline == version.headline
    assert issue.answer.facts[0].agency == "Dinas Kesehatan Lembah Sarang"
    assert issue.status is CaseStatus.PUBLISHED
    assert issue.links == issue.links_in_week == 1
    desk = summarise(room).figures.desk
    assert desk.published == 1
    assert desk.open_codes == ()
    assert desk.decisions == {DecisionKind.RESPOND: 1}
    waited = (version.published_at or NOW) - (post.published_at or NOW)
    assert desk.hours_to_publication == (max(0.0, waited.total_seconds() / 3600),)


def test_what_is_not_approved_is_never_an_answer(room: Newsroom) -> None:
    post = a_week_post(1)
    store_posts(room, post)
    case = room.case(post)
    rebuttals.submit(room.desk("penelaah"), room.draft(case))
    (issue,) = summarise(room).issues
    assert issue.answer is None
    assert issue.waiting
    assert summarise(room).figures.desk.waiting_codes == (case.code,)


def test_a_withdrawn_answer_is_no_longer_one(room: Newsroom) -> None:
    case = answered_case(room, a_week_post(1))
    assert case.rebuttal is not None
    rebuttals.withdraw(room.desk("redaktur"), case.rebuttal, "Angkanya keliru.")
    summary = summarise(room)
    assert summary.issues[0].answer is None
    assert summary.figures.desk.withdrawn == 1
    assert summary.figures.desk.open_codes == (case.code,)


def test_a_discarded_draft_does_not_count_as_withdrawn(room: Newsroom) -> None:
    post = a_week_post(1)
    store_posts(room, post)
    rebuttals.discard_draft(room.desk("penelaah"), room.draft(room.case(post)))
    assert summarise(room).figures.desk.withdrawn == 0


def test_criticism_closed_without_a_label_is_counted_but_never_listed(room: Newsroom) -> None:
    post = a_week_post(1)
    store_posts(room, post)
    case = room.case(post, decided=False)
    cases.close_case(room.desk("penelaah"), case, CaseStatus.OPINION, "Kritik atas layanan.")
    summary = summarise(room)
    assert summary.issues == ()
    assert summary.figures.desk.closed_without_label == 1


def test_what_is_to_be_ignored_is_not_read_out(room: Newsroom) -> None:
    post = a_week_post(1)
    store_posts(room, post)
    case = room.case(post, decided=False)
    cases.decide(room.desk("penelaah"), case, a_weighing(DecisionKind.IGNORE))
    assert summarise(room).issues == ()
    assert summarise(room).figures.desk.decisions == {DecisionKind.IGNORE: 1}


def test_an_open_case_is_overdue_after_the_offices_own_limit(room: Newsroom) -> None:
    post = a_week_post(1)
    store_posts(room, post)
    case = room.case(post)
    soon = case.opened_at + timedelta(hours=23)
    late = case.opened_at + timedelta(hours=25)
    assert summarise(room, now=soon).figures.desk.overdue_codes == ()
    assert summarise(room, now=late).figures.desk.overdue_codes == (case.code,)


def test_a_past_week_keeps_its_figures_whatever_happens_later(room: Newsroom) -> None:
    post = a_week_post(1)
    store_posts(room, post)
    case = room.case(post)
    version = room.draft(case)
    before = summarise(room)
    room.minutes += 60 * 24 * 8  # more than a week later
    rebuttals.submit(room.desk("penelaah"), version)
    rebuttals.approve(room.desk("redaktur"), version)
    rebuttals.publish(room.desk("redaktur"), version)
    later_post = a_week_post(2, published_at=AFTER + timedelta(days=2))
    store_posts(room, later_post)
    cases.link_post(room.desk("penelaah"), case, later_post.id)
    after = summarise(room)
    assert after.figures == before.figures
    assert after.issues == before.issues
    assert after.issues[0].status is CaseStatus.DRAFT


def test_a_running_week_is_set_against_the_same_part_of_the_week_before(room: Newsroom) -> None:
    week_ago = timedelta(days=7)
    store_posts(
        room,
        a_week_post(1),
        a_week_post(2, published_at=MONDAY - week_ago + timedelta(days=1)),
        a_week_post(3, published_at=MONDAY - week_ago + timedelta(days=5)),
    )
    running = summarise(room, now=MONDAY + timedelta(days=2))
    assert not running.complete
    assert running.figures.posts.collected == 1
    assert running.before.posts.collected == 1


def test_the_five_with_the_greatest_harm_come_first_and_the_rest_is_counted(
    room: Newsroom,
) -> None:
    codes = []
    for number in range(7):
        post = a_week_post(number)
        store_posts(room, post)
        codes.append(room.case(post, decided=number == 6).code)
    summary = summarise(room)
    assert len(summary.issues) == 5
    assert summary.issues[0].code == codes[6]
    assert summary.other_issues == 2


def test_a_week_of_nothing_is_empty(room: Newsroom) -> None:
    assert summarise(room).empty
    store_posts(room, a_week_post(1), flagged=False)
    assert summarise(room).empty
    store_posts(room, a_week_post(2))
    assert not summarise(room).empty


def test_an_old_case_that_is_still_open_is_not_forgotten(room: Newsroom) -> None:
    case = cases.open_case(
        room.desk("penelaah"), CaseText(claim="Jembatan Kelawit di Lembah Sarang sudah roboh.")
    )
    later = Week(2026, 50, "Asia/Makassar")
    summary = summarise(room, later, datetime(2026, 12, 20, tzinfo=UTC))
    assert [issue.code for issue in summary.issues] == [case.code]
    assert summary.figures.desk.opened == 0
