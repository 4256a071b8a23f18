"""Alarms of the whole record: what waits too long, and a crawl that did not happen."""

from datetime import timedelta
from pathlib import Path

from indices.alarms import alarms
from indices.documents import ReviewStatus
from indices.jobs import JobContext
from indices.progress import SilentProgress
from indices.settings import Settings
from tests.factories import NOW, a_crawl_run, a_post, a_review, a_source, an_assessment
from tests.stores import embedded_store


def context(home: Path) -> JobContext:
    return JobContext(
        store=embedded_store(home), settings=Settings(home=home), now=NOW, progress=SilentProgress()
    )


def codes(given: JobContext) -> list[str]:
    return [alarm.code for alarm in alarms(given).alarms]


def flagged_post(given: JobContext, hours_ago: int) -> None:
    post = a_post(collected_at=NOW - timedelta(hours=hours_ago))
    given.store.upsert_posts([post])
    assessment = an_assessment(post_id=post.id, text_hash=post.text_hash, flagged=True)
    given.store.put_assessments([assessment])


def watched(home: Path) -> JobContext:
    """An office whose one source was crawled an hour ago."""
    given = context(home)
    given.store.put_source(a_source())
    hour_ago = NOW - timedelta(hours=1)
    given.store.put_crawl_run(a_crawl_run(started_at=hour_ago, finished_at=hour_ago))
    return given


def test_an_office_without_sources_is_told_so(tmp_path: Path) -> None:
    assert codes(context(tmp_path)) == ["no_sources"]


def test_a_quiet_day_raises_nothing(tmp_path: Path) -> None:
    assert codes(watched(tmp_path)) == []


def test_two_missed_crawls_raise_an_alarm(tmp_path: Path) -> None:
    given = context(tmp_path)
    given.store.put_source(a_source())
    old = NOW - timedelta(hours=30)
    given.store.put_crawl_run(a_crawl_run(started_at=old, finished_at=old))
    assert codes(given) == ["no_crawl"]


def test_a_crawl_that_never_ended_counts_as_none(tmp_path: Path) -> None:
    given = context(tmp_path)
    given.store.put_source(a_source())
    given.store.put_crawl_run(a_crawl_run(started_at=NOW, finished_at=None))
    assert codes(given) == ["no_crawl"]


def test_a_flagged_post_that_waits_too_long_raises_an_alarm(tmp_path: Path) -> None:
    given = watched(tmp_path)
    flagged_post(given, hours_ago=25)
    assert codes(given) == ["overdue"]


def test_a_flagged_post_of_today_may_still_wait(tmp_path: Path) -> None:
    given = watched(tmp_path)
    flagged_post(given, hours_ago=2)
    assert codes(given) == []


def test_a_decided_post_is_not_overdue(tmp_path: Path) -> None:
    given = watched(tmp_path)
    flagged_post(given, hours_ago=25)
    given.store.put_review(a_review(post_id=a_post().id, status=ReviewStatus.CLOSED))
    assert codes(given) == []
