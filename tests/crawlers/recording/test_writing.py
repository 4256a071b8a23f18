from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.recording.evidence import EvidenceFile
from crawlers.recording.journal import open_journal
from crawlers.recording.privacy import Privacy
from crawlers.recording.tally import SourceTally
from crawlers.recording.writing import PostWriter, StoreThread, settle
from indices.documents import Post, SourceKind
from indices.embedded.store import EmbeddedStore
from indices.errors import StoreUnavailableError
from indices.settings import CrawlSettings
from tests.factories import NOW, a_post

LATER = NOW + timedelta(hours=3)


def test_a_new_post_is_stored_as_it_is() -> None:
    assert settle(None, a_post()) == a_post()


def test_a_post_found_again_unchanged_is_not_written() -> None:
    before = a_post(evidence="lama.warc.gz#1")
    assert settle(before, a_post(collected_at=LATER, evidence="")) is None


def test_a_changed_post_keeps_the_time_it_was_first_seen() -> None:
    now = settle(a_post(), a_post(title="Jembatan ditutup lagi", collected_at=LATER))
    assert now is not None
    assert (now.title, now.collected_at) == ("Jembatan ditutup lagi", NOW)


def test_a_press_article_stays_the_presss_whoever_links_to_it() -> None:
    press = a_post(source_id="kabar-lembah", source_kind=SourceKind.PRESS)
    linked = a_post(source_id="forum", source_kind=SourceKind.COMMUNITY, collected_at=LATER)
    assert settle(press, linked) is None
    taken_over = settle(linked, press)
    assert taken_over is not None
    assert (taken_over.source_id, taken_over.source_kind) == ("kabar-lembah", SourceKind.PRESS)
    second_press = a_post(source_id="suara-sarang", source_kind=SourceKind.PRESS)
    assert settle(press, second_press) is None


@pytest.fixture
def tally(tmp_path: Path) -> Iterator[SourceTally]:
    with open_journal(tmp_path, "uji") as journal:
        yield SourceTally(run_id="uji", source_id="s", started_at=NOW, journal=journal)


def write(path: Path, posts: list[Post], tally: SourceTally, *, closed: bool = False) -> PostWriter:
    """Hand posts to a writer on a real store."""
    store = EmbeddedStore.open(path / "index.sqlite")
    if closed:
        store.close()

    async def work() -> PostWriter:
        thread = StoreThread()
        writer = PostWriter(
            store, thread, EvidenceFile(path, "uji", "uji"), Privacy(CrawlSettings())
        )
        for post in posts:
            await writer.add(post, None, tally.find(post.url))
        await writer.flush()
        thread.close()
        return writer

    writer = asyncio.run(work())
    store.close()
    return writer


def test_one_post_that_cannot_be_stored_does_not_spoil_its_batch(
    tmp_path: Path, tally: SourceTally
) -> None:
    good = [a_post(url=f"https://kabarlembah.example/{n}") for n in range(5)]
    poisoned = replace(a_post(url="https://kabarlembah.example/x"), published_at="kemarin")  # type: ignore[arg-type]
    writer = write(tmp_path, [*good[:3], poisoned, *good[3:], good[0]], tally)
    assert writer.failure is None
    assert dict(tally.dispositions) == {"stored": 5, "failed_parse": 1, "duplicate": 1}
    assert tally.found == sum(tally.dispositions.values())


def test_when_the_store_is_away_every_post_of_the_batch_is_counted_and_the_crawl_must_stop(
    tmp_path: Path, tally: SourceTally
) -> None:
    posts = [a_post(url=f"https://kabarlembah.example/{n}") for n in range(5)]
    writer = write(tmp_path, posts, tally, closed=True)
    assert isinstance(writer.failure, StoreUnavailableError)
    assert dict(tally.dispositions) == {"failed_store": 5}


def test_a_ticket_ends_only_once(tally: SourceTally) -> None:
    from crawlers.dispositions import Disposition

    ticket = tally.find("x")
    ticket.end(Disposition.DUPLICATE)
    with pytest.raises(RuntimeError, match="ended twice"):
        ticket.end(Disposition.STORED)
    tally.find("y")
    tally.end_open(Disposition.FAILED_NOT_REACHED, "")
    assert tally.found == sum(tally.dispositions.values()) == 2
