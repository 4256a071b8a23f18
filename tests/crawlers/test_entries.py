"""What is remembered of links, and links that wait on disk."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime, timedelta

from crawlers.entries import MEMORY_KEY, Entry, EntryMemory, Remembered
from crawlers.waiting_entries import WaitingEntries

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def entry(number: int, **said: object) -> Entry:
    return Entry(url=f"https://kabar.example/berita/{number}", **said)  # type: ignore[arg-type]


def test_a_memory_comes_back_as_it_was_kept() -> None:
    memory = EntryMemory({})
    memory.keep(entry(1), entry(1).key)
    memory.keep(entry(2), "refused_too_short")
    again = EntryMemory({MEMORY_KEY: memory.dump()})
    assert again.find(entry(1)) == Remembered(entry(1).fingerprint, entry(1).key)
    assert again.find(entry(2)) == Remembered(entry(2).fingerprint, "refused_too_short")
    assert again.find(entry(3)) is None
    assert set(again.addresses()) == {entry(1).key, entry(2).key}


def test_what_is_not_shown_again_is_forgotten_and_what_failed_is_not() -> None:
    memory = EntryMemory({})
    memory.keep(entry(1), entry(1).key)
    memory.keep(entry(2), entry(2).key)
    second = EntryMemory({MEMORY_KEY: memory.dump()})
    second.keep_as_before(entry(2, title="Lain"))
    third = EntryMemory({MEMORY_KEY: second.dump()})
    assert third.find(entry(1)) is None
    assert third.find(entry(2)) == Remembered(entry(2).fingerprint, entry(2).key)


def test_a_memory_of_an_older_version_is_read_and_a_broken_one_is_empty() -> None:
    old = json.dumps({entry(1).key: ["abc", "refused_paywall"]})
    assert EntryMemory({MEMORY_KEY: old}).find(entry(1)) == Remembered("abc", "refused_paywall")
    for broken in ("{", "[1]", '{"a": 1}', "satu", "a b c d", "\0\ud800"):
        assert EntryMemory({MEMORY_KEY: broken}).find(entry(1)) is None


def test_a_link_that_a_feed_names_twice_is_met_again() -> None:
    memory = EntryMemory({})
    assert [memory.meets_again(entry(number)) for number in (1, 2, 1)] == [False, False, True]


def turned_over(before: range, now: range) -> bool:
    memory = EntryMemory({})
    for number in before:
        memory.keep(entry(number), entry(number).key)
    again = EntryMemory({MEMORY_KEY: memory.dump()})
    for number in now:
        again.meets_again(entry(number))
    return again.has_turned_over


def test_a_list_has_turned_over_when_nothing_known_is_in_it() -> None:
    assert turned_over(range(10), range(10, 20))
    assert not turned_over(range(10), range(9, 19))
    assert not turned_over(range(0), range(10))
    assert not turned_over(range(10), range(0))
    assert not turned_over(range(2), range(2, 4))


def test_waiting_links_come_newest_first_and_whole() -> None:
    waiting = WaitingEntries()
    old = entry(1, published_at=NOW - timedelta(days=2), title="Lama", section="daerah")
    new = entry(2, published_at=NOW, published_raw="kini", author="Ani", summary="Isi")
    for each in (old, entry(3), entry(4, updated_raw="x"), new):
        waiting.add(each)
    assert len(waiting) == 4
    assert list(waiting) == [new, old, entry(4, updated_raw="x"), entry(3)]


def test_fifty_thousand_links_take_no_memory_to_speak_of() -> None:
    tracemalloc.start()
    waiting, memory = WaitingEntries(), EntryMemory({})
    for number in range(50_000):
        waiting.add(entry(number, updated_raw="2026-11-26"))
    for each in waiting:
        memory.meets_again(each)
        memory.keep(each, each.key)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1_000_000
    assert len(memory.dump()) == 50_000 * 38
