"""The invented region is crawled for real, and a second start brings nothing twice."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawlers.demo.jobs import open_demo_web
from indices.documents import FactCheck, Post, SourceKind
from indices.embedded.store import EmbeddedStore
from indices.jobs import JobContext, JobReport
from indices.progress import SilentProgress
from indices.settings import Settings
from tests.factories import NOW

SETTINGS = {
    "LURUSKAN_CRAWL__DELAY_SECONDS": "0",
    "LURUSKAN_CRAWL__ALLOWED_PRIVATE_HOSTS": '["127.0.0.1"]',
    "LURUSKAN_CRAWL__PSEUDONYM_KEY": "k" * 40,
}


@dataclass(frozen=True)
class Crawled:
    """What two starts of the demo, a week and other ports apart, brought."""

    opened: JobReport
    first: dict[str, int]
    second: dict[str, int]
    posts: list[Post]
    posts_later: list[Post]
    fact_checks: list[FactCheck]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    home = tmp_path_factory.mktemp("demo")
    opened, first, posts, fact_checks = start(home, NOW)
    later = start(home, NOW + timedelta(days=7))  # the first web still holds its ports
    return Crawled(opened, first, later[1], posts, later[2], fact_checks)


def start(
    home: Path, now: datetime
) -> tuple[JobReport, dict[str, int], list[Post], list[FactCheck]]:
    store = EmbeddedStore.open(home / "index.sqlite")
    settings = Settings(home=home)
    report = open_demo_web(
        JobContext(store=store, settings=settings, now=now, progress=SilentProgress())
    )
    store.close()
    counts = crawl(home)
    store = EmbeddedStore.open(home / "index.sqlite")
    posts = [record.post for record in store.iter_records()]
    fact_checks = list(store.iter_fact_checks())
    store.close()
    return report, counts, posts, fact_checks


def crawl(home: Path) -> dict[str, int]:
    """In a process of its own, since a process can crawl only once."""
    command = [sys.executable, "-m", "indices", "--home", str(home), "crawl", "--all", "--json"]
    done = subprocess.run(
        command, env=os.environ | SETTINGS, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1, f"one source is out of order: {done.stderr}"
    counts: dict[str, int] = json.loads(done.stdout)["counts"]
    return counts


def test_everything_is_found_and_ends_in_one_counted_way(crawled: Crawled) -> None:
    assert crawled.opened.counts == {"sources": 8, "items": 191}
    assert crawled.first["found"] == 191
    assert crawled.first["stored"] == 189
    assert crawled.first["refused"] == crawled.first["failed"] == 1
    assert crawled.first["sources_failed"] == 1


def test_a_second_start_on_other_ports_a_week_later_stores_nothing_new(crawled: Crawled) -> None:
    assert crawled.second["stored"] == 0
    assert {post.id for post in crawled.posts_later} == {post.id for post in crawled.posts}
    times = {post.id: post.published_at for post in crawled.posts}
    assert {post.id: post.published_at for post in crawled.posts_later} == times


def test_what_was_crawled_is_dated_named_and_without_account_names(crawled: Crawled) -> None:
    assert all(post.published_at and post.published_at <= NOW for post in crawled.posts)
    press = [post for post in crawled.posts if post.source_kind is SourceKind.PRESS]
    assert len(press) == 45
    assert sum(bool(post.author) for post in press) > 40
    assert [post.title for post in press if "Baca juga" in post.text] == []
    social = [post for post in crawled.posts if post.platform == "mastodon"]
    assert len(social) == 105
    assert not {post.author for post in social} & {"mak_rani", "joni_tepian"}
    assert sum(bool(post.reach.get("shares")) for post in social) > 40


def test_forwarded_messages_keep_how_often_they_were_forwarded(crawled: Crawled) -> None:
    forwarded = [post for post in crawled.posts if post.platform == "whatsapp"]
    assert len(forwarded) == 15
    assert max(post.reach.get("forwards", 0) for post in forwarded) == 44


def test_fact_checks_come_with_claim_and_rating(crawled: Crawled) -> None:
    assert len(crawled.fact_checks) == 12
    dam = next(check for check in crawled.fact_checks if "Bendungan" in check.title)
    assert dam.claim.startswith("Bendungan Rantau Perupuk retak")
    assert dam.verdict == "Salah"
    assert dam.publisher == "Periksa Lembah"
