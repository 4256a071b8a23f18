"""What sources, crawls and fact-checks are promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from indices.documents import CrawlState
from indices.queries import UpsertCounts
from indices.store import Store
from tests.factories import NOW, a_crawl_run, a_source
from tests.indices.contract_documents import make_fact_check


def test_sources_are_put_replaced_listed_by_id_and_deleted(store: Store) -> None:
    first = a_source(id="b-kedua", options={"hashtag": "banjir"}, verified_on=date(2026, 1, 2))
    second = a_source(id="a-pertama", enabled=False, verified_on=None)
    store.put_source(first)
    store.put_source(second)
    changed = replace(first, options={"account": "@warga"}, note="diperiksa")
    store.put_source(changed)

    assert store.find_source("b-kedua") == changed
    assert store.find_source("unknown") is None
    assert list(store.iter_sources()) == [second, changed]
    assert list(store.iter_sources(enabled_only=True)) == [changed]
    assert store.delete_source("a-pertama")
    assert not store.delete_source("a-pertama")
    assert list(store.iter_sources()) == [changed]


def test_more_sources_than_a_page_are_all_listed(store: Store) -> None:
    names = [f"sumber-{number:04}" for number in range(130)]
    for name in reversed(names):
        store.put_source(a_source(id=name))

    assert [source.id for source in store.iter_sources()] == names


def test_a_crawl_run_is_written_at_its_start_and_at_its_end(store: Store) -> None:
    running = a_crawl_run(finished_at=None, found=0, dispositions={})
    finished = a_crawl_run()
    store.put_crawl_run(running)
    assert list(store.iter_crawl_runs()) == [running]

    store.put_crawl_run(finished)

    assert list(store.iter_crawl_runs()) == [finished]


def test_a_crawl_run_keeps_what_was_found_in_its_posts(store: Store) -> None:
    run = a_crawl_run(fields={"posts": 4, "title": 3, "unreadable": 1})
    store.put_crawl_run(run)

    assert list(store.iter_crawl_runs()) == [run]


def test_crawl_runs_come_oldest_first_inside_their_bounds(store: Store) -> None:
    runs = [
        a_crawl_run(id=f"run-{n}/s", source_id=f"s{n % 2}", started_at=NOW + timedelta(hours=n))
        for n in range(4)
    ]
    for run in reversed(runs):
        store.put_crawl_run(run)

    assert list(store.iter_crawl_runs()) == runs
    assert list(store.iter_crawl_runs(source_id="s1")) == [runs[1], runs[3]]
    assert list(store.iter_crawl_runs(started_from=runs[1].started_at)) == runs[1:]
    assert list(store.iter_crawl_runs(started_until=runs[1].started_at)) == runs[:1]
    bounded = store.iter_crawl_runs(
        source_id="s0", started_from=NOW, started_until=runs[2].started_at
    )
    assert list(bounded) == [runs[0]]


def test_a_crawl_state_is_replaced_as_a_whole(store: Store) -> None:
    assert store.find_crawl_state("kabar") is None
    store.put_crawl_state(
        CrawlState(source_id="kabar", values={"etag": '"1"', "cursor": "7"}, updated_at=NOW)
    )
    newer = CrawlState(source_id="kabar", values={"etag": '"2"'}, updated_at=NOW)

    store.put_crawl_state(newer)

    assert store.find_crawl_state("kabar") == newer


def test_every_crawl_state_comes_by_id_whether_its_source_is_there_or_not(store: Store) -> None:
    names = ["ration:x", "gone", "kabar"]
    for name in names:
        store.put_crawl_state(CrawlState(source_id=name, values={"a": name}, updated_at=NOW))
    store.refresh()

    assert [state.source_id for state in store.iter_crawl_states()] == sorted(names)
    assert [state.values["a"] for state in store.iter_crawl_states()] == sorted(names)


def test_fact_checks_are_counted_by_what_became_of_them(store: Store) -> None:
    first, second = make_fact_check(1), make_fact_check(2, published_on=None, own=True)

    assert store.upsert_fact_checks([first, second]) == UpsertCounts(created=2)
    assert store.upsert_fact_checks([first, second]) == UpsertCounts(unchanged=2)
    seen_again = replace(first, collected_at=first.collected_at + timedelta(days=1))
    assert store.upsert_fact_checks([seen_again]) == UpsertCounts(unchanged=1)
    corrected = replace(second, verdict="Sebagian benar")
    third = make_fact_check(3)
    assert store.upsert_fact_checks([first, corrected, third]) == UpsertCounts(
        created=1, updated=1, unchanged=1
    )

    assert store.find_fact_check("periksa-1") == first
    assert list(store.iter_fact_checks()) == [first, corrected, third]
    assert store.find_fact_check("unknown") is None


def test_fact_checks_are_found_by_words_of_title_and_claim(store: Store) -> None:
    flood = make_fact_check(1, title="Keliru: video banjir", claim="Banjir di Sarang", text="x")
    dam = make_fact_check(2, title="Salah: foto", claim="Bendungan jebol semalam", text="banjir")
    vaccine = make_fact_check(3, title="Vaksin aman", claim="Vaksin membuat lumpuh", text="y")
    store.upsert_fact_checks([flood, dam, vaccine])
    store.refresh()

    assert store.search_fact_checks("kebanjiran sarang")[0] == flood
    assert store.search_fact_checks("bendungan dikabarkan jebol")[0] == dam
    assert store.search_fact_checks("vaksinasi", limit=1) == [vaccine]
    assert store.search_fact_checks("kereta api") == []
    assert store.search_fact_checks("?!") == []


def test_one_shared_word_is_enough_to_find_a_fact_check_and_more_is_better(store: Store) -> None:
    one = make_fact_check(1, title="Air minum kota", claim="")
    two = make_fact_check(2, title="Air bendungan kota meluap", claim="")
    store.upsert_fact_checks([one, two])
    store.refresh()

    assert store.search_fact_checks("katanya air bendungan meluap malam ini") == [two, one]


def test_a_withdrawn_fact_check_is_matched_no_longer(store: Store) -> None:
    store.upsert_fact_checks([make_fact_check(1)])
    store.refresh()

    assert store.delete_fact_check("periksa-1")

    assert not store.delete_fact_check("periksa-1")
    assert store.find_fact_check("periksa-1") is None
    assert store.search_fact_checks("jembatan") == []
    assert list(store.iter_fact_checks()) == []
