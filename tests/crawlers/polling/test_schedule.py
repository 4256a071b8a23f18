"""When a source is due again, without a clock and without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.polling.failures import Failure, FailureClass, classify
from crawlers.polling.schedule import Schedule, read_schedule, without_schedule
from crawlers.work import SourceUnreadableError
from indices.documents import CrawlRun
from indices.errors import BadInputError
from indices.settings import CrawlSettings
from tests.factories import NOW

BOUNDS = CrawlSettings(min_poll_minutes=15, max_poll_minutes=720, pause_after_failures=10)
HARD = Failure(FailureClass.HARD)


def run_at(moment: datetime, **dispositions: int) -> CrawlRun:
    return CrawlRun(
        id="r/uji",
        run_id="r",
        source_id="uji",
        started_at=moment,
        found=sum(dispositions.values()),
        dispositions=dispositions,
    )


def lived(new_an_hour: float, days: int) -> tuple[Schedule, int]:
    """The schedule of a source that publishes evenly, and how often it was read."""
    schedule, now, waiting, polls = Schedule(), NOW, 0.0, 0
    end = NOW + timedelta(days=days)
    while now < end:
        if schedule.is_due(now):
            new, waiting, polls = int(waiting), waiting % 1, polls + 1
            schedule = schedule.after(run_at(now, stored=new, duplicate=20), None, BOUNDS)
        now += timedelta(minutes=15)
        waiting += new_an_hour / 4
    return schedule, polls


def gap(schedule: Schedule, now: datetime) -> float:
    assert schedule.next_at is not None
    return (schedule.next_at - now).total_seconds() / 60


def test_a_source_that_was_never_read_is_due() -> None:
    assert Schedule().is_due(NOW)


def test_who_publishes_often_is_read_often_and_who_does_not_is_left_alone() -> None:
    busy, busy_polls = lived(8, days=4)
    _, slow_polls = lived(1 / 24, days=10)
    dead, dead_polls = lived(0, days=10)
    assert busy_polls > 300
    assert busy.rate == pytest.approx(8, rel=0.1)
    assert slow_polls < 60
    assert dead_polls < 50
    assert gap(dead, dead.read_at) == BOUNDS.max_poll_minutes  # type: ignore[arg-type]


def test_what_gathered_before_the_first_crawl_says_nothing_of_the_pace() -> None:
    first = Schedule().after(run_at(NOW, stored=500), None, BOUNDS)
    assert gap(first, NOW) == 60


def test_what_was_left_for_the_next_run_makes_it_due_at_once() -> None:
    read = Schedule(rate=0.01, read_at=NOW - timedelta(hours=10))
    too_many = run_at(NOW, stored=5, refused_too_many=40)
    a_stretch = replace(run_at(NOW, stored=5), fields={"left_over": 1})
    for run in (too_many, a_stretch):
        assert read.after(run, None, BOUNDS).is_due(NOW)


def test_a_feed_that_turned_over_is_read_in_half_the_time_at_most_and_slows_down_again() -> None:
    read = Schedule(rate=0.5, read_at=NOW - timedelta(hours=4))
    run = replace(run_at(NOW, stored=3, refused_too_short=1), fields={"turned_over": 1})
    hurried = read.after(run, None, BOUNDS)
    assert gap(hurried, NOW) <= 120
    assert gap(hurried, NOW) < gap(read.after(run_at(NOW, stored=3), None, BOUNDS), NOW)
    later = NOW + timedelta(hours=2)
    calmer = hurried.after(run_at(later, stored=1, duplicate=3), None, BOUNDS)
    assert gap(calmer, later) > gap(hurried, NOW)


def test_an_hourly_job_that_comes_a_little_early_still_reads() -> None:
    schedule = Schedule(next_at=NOW + timedelta(minutes=4))
    assert schedule.is_due(NOW)
    assert not schedule.is_due(NOW - timedelta(minutes=4))


def test_the_gap_grows_with_each_failure_up_to_the_bound_and_a_success_ends_it() -> None:
    schedule, now, gaps = Schedule(), NOW, []
    for _ in range(12):
        schedule = schedule.after(run_at(now), HARD, BOUNDS)
        gaps.append(gap(schedule, now))
        now = schedule.next_at  # type: ignore[assignment]
    assert gaps == sorted(gaps)
    assert gaps[0] == 120
    assert gaps[-1] == 720
    healed = schedule.after(run_at(now, duplicate=5), None, BOUNDS)
    assert (healed.strain, healed.failing_since, healed.paused_at) == (0, None, None)


def fail_until_paused(failure: Failure, *, every_hours: float = 0) -> tuple[int, timedelta]:
    schedule, now, count = Schedule(), NOW, 0
    while schedule.paused_at is None:
        assert count < 500
        schedule = schedule.after(run_at(now), failure, BOUNDS)
        now = now + timedelta(hours=every_hours) if every_hours else schedule.next_at  # type: ignore[assignment]
        count += 1
    assert not schedule.is_due(now + timedelta(days=365)), "a paused source waits for a person"
    assert schedule.resumed().is_due(now)
    return count, schedule.paused_at - NOW


def test_a_source_that_keeps_failing_is_paused_sooner_the_harder_it_fails() -> None:
    hard, _ = fail_until_paused(HARD)
    soft, _ = fail_until_paused(Failure(FailureClass.SOFT))
    temporary, _ = fail_until_paused(Failure(FailureClass.TEMPORARY))
    assert 10 <= hard < soft < temporary


def test_a_day_without_a_line_pauses_nothing() -> None:
    _, after = fail_until_paused(HARD, every_hours=0.5)
    assert after >= timedelta(days=3)


def test_a_site_that_asks_to_wait_is_left_alone_that_long() -> None:
    asked = Failure(FailureClass.TEMPORARY, wait_seconds=86_400)
    assert gap(Schedule().after(run_at(NOW), asked, BOUNDS), NOW) == 1440


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (FetchError(Disposition.FAILED_HTTP, "", status=404), FailureClass.HARD),
        (FetchError(Disposition.FAILED_HTTP, "", status=403), FailureClass.HARD),
        (FetchError(Disposition.FAILED_HTTP, "", status=500), FailureClass.SOFT),
        (FetchError(Disposition.FAILED_HTTP, "", status=503), FailureClass.TEMPORARY),
        (FetchError(Disposition.FAILED_HTTP, "", status=429), FailureClass.TEMPORARY),
        (FetchError(Disposition.FAILED_TIMEOUT, ""), FailureClass.TEMPORARY),
        (FetchError(Disposition.FAILED_NETWORK, ""), FailureClass.SOFT),
        (FetchError(Disposition.REFUSED_ROBOTS, ""), FailureClass.HARD),
        (FetchError(Disposition.REFUSED_ROBOTS, "", status=502), FailureClass.SOFT),
        (FetchError(Disposition.REFUSED_ADDRESS, ""), FailureClass.HARD),
        (SourceUnreadableError("is no feed"), FailureClass.HARD),
        (BadInputError("no option"), FailureClass.HARD),
        (RuntimeError("defect"), FailureClass.SOFT),
    ],
)
def test_each_failure_has_its_class(error: Exception, kind: FailureClass) -> None:
    assert classify(error).kind is kind


def test_a_schedule_is_kept_beside_the_memory_of_the_connector() -> None:
    failed = Schedule(rate=3.5, read_at=NOW).after(run_at(NOW), HARD, BOUNDS)
    values = {"etag": "x", **failed.dump()}
    assert read_schedule(values) == failed
    assert without_schedule(values) == {"etag": "x"}


@pytest.mark.parametrize("wrong", ["kemarin", "nan", "-1"])
def test_a_schedule_that_cannot_be_read_is_a_source_that_is_due(wrong: str) -> None:
    for name in ("next_at", "rate"):
        assert read_schedule({f"poll_{name}": wrong}).is_due(NOW)
