"""What a source's own past says of its last run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawlers.health.alarms import raise_alarms
from crawlers.health.measuring import coverage, measure_health
from crawlers.health.views import health_as_table, health_at_length
from indices.documents import CrawlRun, Source, SourceKind
from indices.embedded.store import EmbeddedStore
from indices.store import Store
from tests.factories import NOW

SOURCE = Source(
    id="uji", name="Kabar Uji", kind=SourceKind.PRESS, connector="feed", url="https://uji.example/"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = EmbeddedStore.open(tmp_path / "index.sqlite")
    opened.put_source(SOURCE)
    yield opened
    opened.close()


def a_run(when: datetime, stored: int = 2, error: str = "", **fields: int) -> CrawlRun:
    """A run of a source whose posts have all fields, unless said otherwise."""
    posts = fields.pop("posts", stored)
    whole = dict.fromkeys(("posts", "title", "published_at", "author", "text"), posts)
    return CrawlRun(
        id=f"{when.isoformat()}/uji",
        run_id=when.isoformat(),
        source_id="uji",
        started_at=when,
        finished_at=when + timedelta(minutes=1),
        found=20 if not error else 0,
        dispositions={"stored": stored, "duplicate": 20 - stored} if not error else {},
        error=error,
        fields=whole | fields,
    )


def lived(store: Store, *, hours: int = 48, every: int = 2, stored: int = 2) -> None:
    """Two ordinary days before now."""
    for hour in range(hours, 0, -every):
        store.put_crawl_run(a_run(NOW - timedelta(hours=hour), stored))


def codes(store: Store, run: CrawlRun) -> list[str]:
    store.put_crawl_run(run)
    alarms = raise_alarms(store, [run])
    assert all(alarm.about == "uji" and "\n" not in alarm.text for alarm in alarms)
    return [alarm.code for alarm in alarms]


def test_an_ordinary_run_raises_nothing(store: Store) -> None:
    lived(store)
    assert codes(store, a_run(NOW)) == []


def test_pages_that_are_read_no_longer_raise_an_alarm_the_same_day(store: Store) -> None:
    lived(store)
    broken = a_run(NOW, stored=0, posts=0, unreadable=8)
    assert codes(store, broken) == ["layout_changed"]
    text = raise_alarms(store, [broken])[0].text
    assert "0% halaman terbaca, biasanya 100%" in text


def test_a_source_that_always_had_galleries_is_not_said_to_have_changed(store: Store) -> None:
    for hour in range(48, 0, -2):
        store.put_crawl_run(a_run(NOW - timedelta(hours=hour), unreadable=5))
    assert codes(store, a_run(NOW, unreadable=5)) == []


@pytest.mark.parametrize(
    ("lost", "word"), [("author", "penulis"), ("published_at", "waktu terbit"), ("title", "judul")]
)
def test_a_field_that_is_lost_raises_an_alarm(store: Store, lost: str, word: str) -> None:
    lived(store)
    for minutes in (90, 45):
        store.put_crawl_run(a_run(NOW - timedelta(minutes=minutes), **{lost: 0}))
    alarm_run = a_run(NOW, **{lost: 0})
    assert codes(store, alarm_run) == ["layout_changed"]
    assert f"{word} ada pada 0% unggahan" in raise_alarms(store, [alarm_run])[0].text


def test_a_young_source_is_not_judged_by_a_past_that_it_does_not_have(store: Store) -> None:
    lived(store, hours=4)
    assert codes(store, a_run(NOW, stored=0, posts=0, unreadable=8)) == []


def test_a_feed_that_turned_over_between_two_readings_is_an_alarm_and_is_counted(
    store: Store,
) -> None:
    lived(store)
    run = a_run(NOW, stored=20, turned_over=1)
    assert codes(store, run) == ["source_missed"]
    text = raise_alarms(store, [run])[0].text
    assert "jarak antar-bacaan terlalu panjang (2 jam), mungkin ada yang terlewat" in text
    health = measure_health(store, [SOURCE], NOW + timedelta(hours=1), days=30)[0]
    assert (health.state, health.runs_too_late) == ("missed", 1)
    assert "too late 1" in health_at_length(health, NOW)


def test_nothing_where_there_always_was_something_is_silence(store: Store) -> None:
    lived(store)
    run = CrawlRun(
        id="r/uji", run_id="r", source_id="uji", started_at=NOW, finished_at=NOW, found=0
    )
    assert codes(store, run) == ["source_silent"]


def test_nothing_new_for_far_longer_than_usual_is_silence(store: Store) -> None:
    for hour in range(96, 30, -2):
        store.put_crawl_run(a_run(NOW - timedelta(hours=hour)))
    for hour in range(30, 0, -2):
        store.put_crawl_run(a_run(NOW - timedelta(hours=hour), stored=0))
    run = a_run(NOW, stored=0)
    assert codes(store, run) == ["source_silent"]
    text = raise_alarms(store, [run])[0].text
    assert "tidak ada yang baru selama 32 jam, biasanya tiap 2 jam" in text


def test_a_slow_source_may_be_silent_for_days(store: Store) -> None:
    for day in range(24, 1, -3):
        store.put_crawl_run(a_run(NOW - timedelta(days=day)))
    assert codes(store, a_run(NOW, stored=0)) == []


def test_a_failed_run_says_so(store: Store) -> None:
    lived(store)
    assert codes(store, a_run(NOW, stored=0, error="menjawab 500")) == ["source_failed"]


def test_the_table_shows_the_troubled_first_in_eighty_columns(store: Store) -> None:
    lived(store)
    store.put_crawl_run(a_run(NOW - timedelta(minutes=30), stored=0, error="menjawab 500"))
    long = Source(
        id="a" * 60, name="Lain", kind=SourceKind.PRESS, connector="feed", url="https://l.example/"
    )
    health = measure_health(store, [long, SOURCE], NOW, days=30)
    table = health_as_table(health, NOW)
    lines = table.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[1].split()[:2] == ["uji", "failing"]
    assert lines[1].split()[2:6] == ["2", "h", "2", "h"]
    assert lines[2].split()[1:3] == ["new", "-"]
    assert lines[-1] == "read in the last 24 hours: 1 of 2 watched sources"
    assert coverage(health, NOW + timedelta(days=2)) == (0, 2)
    length = health_at_length(health[1], NOW)
    assert "menjawab 500" in length
    assert "author           100% of posts" in length
    assert "stored                       48  new, and now in the record" in length
