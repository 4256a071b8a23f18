"""The outbox: everything decided reaches the index, once, in order, whatever happens between."""

from datetime import timedelta

import pytest

from indices.documents import ReviewLabel, ReviewStatus
from indices.errors import StoreUnavailableError
from indices.jobs import JobContext
from indices.progress import SilentProgress
from review_ui.desk import rebuttals, reviews
from review_ui.desk.models import OutboxEntry
from review_ui.desk.outbox import count_waiting, deliver
from review_ui.jobs import mirror
from tests.factories import NOW, a_review
from tests.review_ui.newsroom import FULL_TEXT, Newsroom, a_social_post


@pytest.fixture
def context(newsroom: Newsroom) -> JobContext:
    return JobContext(
        store=newsroom.store, settings=newsroom.settings, now=NOW, progress=SilentProgress()
    )


def stored(newsroom: Newsroom, number: int = 1) -> tuple[int, ReviewStatus, ReviewLabel | None]:
    record = newsroom.store.find_record(a_social_post(number).id)
    assert record is not None
    assert record.review is not None
    return record.review.version, record.review.status, record.review.label


def test_a_published_answer_reaches_the_index_with_its_reviews(
    newsroom: Newsroom, context: JobContext
) -> None:
    newsroom.published(newsroom.case())
    report = mirror(context)
    assert not report.failed
    assert report.counts["waiting"] == 0
    assert stored(newsroom)[1:] == (ReviewStatus.ANSWERED, ReviewLabel.HOAX)
    found = newsroom.store.find_fact_check("own-1")
    assert found is not None
    assert (found.own, found.verdict, found.title) == (True, "HOAKS", FULL_TEXT.headline)
    assert mirror(context).counts["delivered"] == 0, "nothing is told twice"


def test_a_withdrawal_takes_the_fact_check_away(newsroom: Newsroom, context: JobContext) -> None:
    version = newsroom.published(newsroom.case())
    mirror(context)
    rebuttals.withdraw(newsroom.desk("redaktur"), version.rebuttal, "Sumbernya dicabut.")
    newsroom.session.commit()
    mirror(context)
    assert newsroom.store.find_fact_check("own-1") is None
    assert stored(newsroom)[1:] == (ReviewStatus.IN_CASE, None)


def test_an_outage_keeps_everything_for_later(
    newsroom: Newsroom, context: JobContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.published(newsroom.case())
    waiting = count_waiting(newsroom.session)

    def away(_review: object) -> None:
        raise StoreUnavailableError("the index is away")

    with monkeypatch.context() as patched:
        patched.setattr(newsroom.store, "put_review", away)
        report = mirror(context)
    assert report.failed
    assert report.counts["waiting"] == waiting
    assert [alarm.code for alarm in report.alarms] == ["outbox_waiting"]
    assert mirror(context).counts == {"delivered": waiting, "dropped": 0, "waiting": 0}


def test_a_crash_after_telling_and_before_keeping_does_no_harm(newsroom: Newsroom) -> None:
    newsroom.published(newsroom.case())
    deliver(newsroom.session, newsroom.store, now=NOW)
    newsroom.session.rollback()
    waiting = count_waiting(newsroom.session)
    assert waiting
    assert deliver(newsroom.session, newsroom.store, now=NOW).delivered == waiting
    assert stored(newsroom)[1] is ReviewStatus.ANSWERED


def test_a_review_of_a_deleted_post_is_dropped_and_said(
    newsroom: Newsroom, context: JobContext
) -> None:
    reviews.triage(newsroom.desk("penelaah"), a_social_post().id, "monitor")
    newsroom.session.commit()
    newsroom.store.delete_posts_before(NOW + timedelta(days=1))
    assert mirror(context).counts == {"delivered": 0, "dropped": 1, "waiting": 0}
    entry = newsroom.session.query(OutboxEntry).one()
    assert "no longer" in entry.last_error


def test_versions_follow_those_of_an_imported_index(newsroom: Newsroom) -> None:
    for version in (1, 2):
        newsroom.store.put_review(a_review(post_id=a_social_post().id, version=version))
    review = reviews.triage(newsroom.desk("penelaah"), a_social_post().id, "monitor")
    assert review.version == 3


def test_the_desk_is_believed_when_the_index_was_restored_from_an_older_copy(
    newsroom: Newsroom, context: JobContext
) -> None:
    for choice in ("monitor", "opinion", "satire"):
        reviews.triage(newsroom.desk("penelaah"), a_social_post().id, choice)
    entries = newsroom.session.query(OutboxEntry).order_by(OutboxEntry.id).all()
    for entry in entries[:2]:
        entry.delivered_at = NOW
    newsroom.session.commit()
    assert mirror(context).counts["delivered"] == 1
    assert stored(newsroom) == (1, ReviewStatus.CLOSED, ReviewLabel.SATIRE)
