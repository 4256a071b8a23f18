"""The server goes away: reads say so, writes wait on disk and come in order afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from indices.documents import CrawlState, PostRecord
from indices.elastic.store import ElasticStore
from indices.elastic.writing import RETRY_AFTER_SECONDS
from indices.errors import StoreUnavailableError
from indices.queries import CountField, PostQuery, UpsertCounts
from indices.settings import Settings
from tests.factories import NOW, a_crawl_run, a_source
from tests.indices.contract_documents import (
    make_assessment,
    make_fact_check,
    make_post,
    make_review,
    make_vector,
)
from tests.indices.elastic.cable import Cable

pytestmark = pytest.mark.elasticsearch

READS: dict[str, Callable[[ElasticStore], Any]] = {
    "find_record": lambda store: store.find_record("x"),
    "find_records": lambda store: store.find_records(["x"]),
    "find_vector": lambda store: store.find_vector("x"),
    "iter_records": lambda store: list(store.iter_records()),
    "iter_unassessed": lambda store: list(store.iter_unassessed("m")),
    "search": lambda store: store.search(PostQuery(text="banjir")),
    "hybrid": lambda store: store.search(PostQuery(), vector=make_vector(1, 1)[0]),
    "find_similar": lambda store: store.find_similar("x"),
    "count_by": lambda store: store.count_by(PostQuery(), [CountField.DAY]),
    "find_fact_check": lambda store: store.find_fact_check("x"),
    "iter_fact_checks": lambda store: list(store.iter_fact_checks()),
    "search_fact_checks": lambda store: store.search_fact_checks("banjir"),
    "find_source": lambda store: store.find_source("x"),
    "iter_sources": lambda store: list(store.iter_sources()),
    "iter_crawl_runs": lambda store: list(store.iter_crawl_runs()),
    "find_crawl_state": lambda store: store.find_crawl_state("x"),
    "iter_crawl_states": lambda store: list(store.iter_crawl_states()),
}
ANSWERED_WRITES: dict[str, Callable[[ElasticStore], Any]] = {
    "put_review": lambda store: store.put_review(make_review(make_post(1))),
    "put_records": lambda store: store.put_records([PostRecord(post=make_post(1))]),
    "delete_source": lambda store: store.delete_source("x"),
    "delete_fact_check": lambda store: store.delete_fact_check("x"),
    "delete_posts_before": lambda store: store.delete_posts_before(NOW),
    "refresh": lambda store: store.refresh(),
}


def wait_out_the_pause() -> None:
    time.sleep(RETRY_AFTER_SECONDS + 0.05)


def test_every_read_says_that_the_index_is_away(store: ElasticStore, cable: Cable) -> None:
    store.upsert_posts([make_post(1)])
    cable.cut()

    for name, read in READS.items():
        with pytest.raises(StoreUnavailableError, match="is away"):
            pytest.fail(f"{name} gave {read(store)!r}")


def test_writes_that_need_an_answer_are_refused_and_not_kept(
    store: ElasticStore, cable: Cable
) -> None:
    cable.cut()

    for name, write in ANSWERED_WRITES.items():
        with pytest.raises(StoreUnavailableError):
            pytest.fail(f"{name} gave {write(store)!r}")
    assert not store.check_health().counts.get("spooled")


def test_writes_wait_on_disk_and_arrive_in_order(
    store: ElasticStore, direct: ElasticStore, cable: Cable
) -> None:
    post, fact_check, source, run = make_post(1), make_fact_check(1), a_source(), a_crawl_run()
    state = CrawlState(source_id="s", values={"etag": "1"}, updated_at=NOW)
    later = replace(post, text="Isi yang diperbaiki.", text_hash="f" * 16)
    assessment = make_assessment(later)
    cable.cut()

    assert store.upsert_posts([post, make_post(2)]) == UpsertCounts(spooled=2)
    assert store.upsert_posts([later, later]) == UpsertCounts(spooled=1)
    store.put_assessments([assessment], make_vector(1, 1))
    assert store.upsert_fact_checks([fact_check]) == UpsertCounts(spooled=1)
    store.put_source(source)
    store.put_crawl_run(run)
    store.put_crawl_state(state)
    health = store.check_health()
    assert (health.status, health.counts["spooled"]) == ("red", 9)
    assert direct.find_record(post.id) is None

    cable.mend()
    store.refresh()

    assert direct.find_record(post.id) == PostRecord(post=later, assessment=assessment)
    np.testing.assert_array_equal(direct.find_vector(post.id), make_vector(1, 1)[0])
    assert direct.find_record(make_post(2).id) == PostRecord(post=make_post(2))
    assert direct.find_fact_check(fact_check.id) == fact_check
    assert direct.find_source(source.id) == source
    assert list(direct.iter_crawl_runs()) == [run]
    assert direct.find_crawl_state("s") == state
    assert not store.check_health().counts.get("spooled")


def test_a_write_after_the_outage_never_overtakes_those_that_wait(
    store: ElasticStore, direct: ElasticStore, cable: Cable
) -> None:
    post = make_post(1)
    cable.cut()
    store.upsert_posts([replace(post, section="pertama")])
    cable.mend()
    wait_out_the_pause()

    counts = store.upsert_posts([replace(post, section="kedua")])

    assert counts == UpsertCounts(updated=1)
    record = direct.find_record(post.id)
    assert record is not None
    assert record.post.section == "kedua"


def test_opening_the_store_again_brings_in_what_waited(
    store: ElasticStore, cabled_settings: Settings, cable: Cable
) -> None:
    cable.cut()
    store.upsert_posts([make_post(1)])
    cable.mend()

    reopened = ElasticStore.open(cabled_settings)

    assert reopened.find_record(make_post(1).id) == PostRecord(post=make_post(1))
    assert not reopened.check_health().counts.get("spooled")
    reopened.close()


def test_a_store_opens_and_takes_writes_before_its_server_is_up(
    elastic_settings: Settings, cable: Cable
) -> None:
    cable.cut()
    settings = elastic_settings.model_copy(update={"elasticsearch_url": cable.url})
    store = ElasticStore.open(settings)

    assert store.check_health().status == "red"
    assert store.upsert_posts([make_post(1)]) == UpsertCounts(spooled=1)

    cable.mend()
    store.refresh()
    assert store.search(PostQuery()).total == 1
    store.close()


def test_a_cut_in_the_middle_of_a_long_write_loses_and_doubles_nothing(
    store: ElasticStore, direct: ElasticStore, cable: Cable
) -> None:
    posts = [make_post(number) for number in range(3000)]
    spooled = 0
    for start in range(0, len(posts), 300):
        if start == 1200:
            cable.cut()
        if start == 2100:
            cable.mend()
            wait_out_the_pause()
        spooled += store.upsert_posts(posts[start : start + 300]).spooled
    direct.refresh()

    assert spooled == 900
    assert sorted(record.post.id for record in direct.iter_records()) == sorted(
        post.id for post in posts
    )


def test_an_assessment_that_waited_does_not_replace_a_later_one(
    store: ElasticStore, direct: ElasticStore, cable: Cable
) -> None:
    post = make_post(1)
    early = make_assessment(post, model="m1")
    late = make_assessment(post, model="m2", assessed_at=early.assessed_at + timedelta(hours=1))
    store.upsert_posts([post])
    cable.cut()
    store.put_assessments([early])
    direct.put_assessments([late])
    cable.mend()

    store.refresh()

    assert direct.find_record(post.id) == PostRecord(post=post, assessment=late)


def test_a_waiting_write_that_the_server_refuses_is_put_aside_and_told(
    store: ElasticStore, direct: ElasticStore, cable: Cable
) -> None:
    post = make_post(1)
    direct.upsert_posts([post])
    direct.put_assessments([make_assessment(post)], make_vector(1, 1, dimensions=8))
    cable.cut()
    store.put_assessments([make_assessment(post)], make_vector(1, 1, dimensions=16))
    store.upsert_posts([make_post(2)])
    cable.mend()

    store.refresh()

    assert direct.find_record(make_post(2).id) is not None
    health = store.check_health()
    assert "1 write(s) put aside" in health.detail
    assert not health.counts.get("spooled")
