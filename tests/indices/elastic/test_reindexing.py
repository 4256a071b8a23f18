"""Reindexing while others read and write: nothing is lost, nobody waits long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import numpy as np
import pytest
from click.testing import CliRunner
from elasticsearch import Elasticsearch

from indices.documents import PostRecord
from indices.elastic.store import ElasticStore
from indices.errors import StoreUnavailableError
from indices.progress import SilentBar
from indices.queries import PostQuery
from indices.settings import Settings
from tests.indices.contract_documents import make_assessment, make_post, make_review, make_vector
from tests.indices.elastic.cable import Cable

pytestmark = pytest.mark.elasticsearch


@contextmanager
def meanwhile(work: Iterator[object]) -> Iterator[None]:
    """Take steps of the work in another thread for as long as the block runs."""
    stop, failures = Event(), list[BaseException]()

    def run() -> None:
        try:
            while not stop.is_set():
                next(work)
        except Exception as error:  # noqa: BLE001 (shown below)
            failures.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    assert failures == []


def names(settings: Settings) -> list[str]:
    with Elasticsearch(settings.elasticsearch_url) as client:
        return sorted(client.indices.get_alias(index=f"{settings.index_prefix}-posts-v*"))


def test_readers_and_writers_go_on_and_nothing_is_lost(
    elastic_settings: Settings, store: ElasticStore, direct: ElasticStore
) -> None:
    posts = [make_post(number) for number in range(1500)]
    store.upsert_posts(posts)
    vectors = make_vector(1, count=1500)
    store.put_assessments([make_assessment(post) for post in posts], vectors)
    store.put_review(make_review(posts[7]))
    store.refresh()
    written = [0, 0]

    def write() -> Iterator[object]:
        while True:
            number = 10_000 + written[0]
            counts = direct.upsert_posts([make_post(number)])
            assert (counts.created, counts.spooled) == (1, 0)
            direct.upsert_posts([replace(posts[number % 1500], section=f"bagian {number}")])
            direct.put_review(make_review(posts[8], version=written[0] + 1))
            written[0] += 1
            yield None

    def read() -> Iterator[object]:
        while True:
            page = store.search(PostQuery(text="jembatan", source_ids=("kabar-lembah",)))
            assert page.total >= 1500
            assert store.find_record(posts[7].id) is not None
            written[1] += 1
            yield None

    with meanwhile(write()), meanwhile(read()):
        for _ in range(3):
            store.rebuild(SilentBar())

    store.refresh()
    assert min(written) > 5
    assert store.check_health().counts["posts"] == 1500 + written[0]
    records = store.find_records([post.id for post in posts])
    for step in range(written[0]):
        number = 10_000 + step
        assert store.find_record(make_post(number).id) == PostRecord(post=make_post(number))
        if step + 1500 >= written[0]:
            assert records[posts[number % 1500].id].post.section == f"bagian {number}"
    assert records[posts[7].id].review == make_review(posts[7])
    assert records[posts[8].id].review == make_review(posts[8], version=written[0])
    np.testing.assert_array_equal(store.find_vector(posts[9].id), vectors[9])
    assert names(elastic_settings) == [f"{elastic_settings.index_prefix}-posts-v4"]


def test_what_is_deleted_meanwhile_stays_deleted(store: ElasticStore, direct: ElasticStore) -> None:
    posts = [make_post(number) for number in range(1000)]
    old = [replace(post, collected_at=post.collected_at.replace(year=2020)) for post in posts]
    kept = [make_post(number) for number in range(2000, 2100)]
    store.upsert_posts([*old, *kept])
    store.refresh()

    class DeletingBar(SilentBar):
        """Deletes in the middle of the copying."""

        def advance(self, amount: int = 1) -> None:
            direct.delete_posts_before(posts[0].collected_at)

    assert store.rebuild(DeletingBar()) == len(kept)

    assert sorted(record.post.id for record in store.iter_records()) == sorted(
        post.id for post in kept
    )


def test_a_failed_reindex_leaves_the_old_index_at_work_and_no_rubbish(
    elastic_settings: Settings, store: ElasticStore, direct: ElasticStore, cable: Cable
) -> None:
    store.upsert_posts([make_post(number) for number in range(1200)])
    store.refresh()

    class CuttingBar(SilentBar):
        """Loses the server in the middle of the copying."""

        def advance(self, amount: int = 1) -> None:
            cable.cut()

    with pytest.raises(StoreUnavailableError):
        store.rebuild(CuttingBar())
    assert direct.search(PostQuery()).total == 1200

    cable.mend()
    assert store.rebuild(SilentBar()) == 1200
    assert len(names(elastic_settings)) == 1


def test_a_reindex_that_was_killed_is_swept_up_by_the_next(
    elastic_settings: Settings, store: ElasticStore, direct: ElasticStore
) -> None:
    store.upsert_posts([make_post(1)])
    alias = f"{elastic_settings.index_prefix}-posts"
    with Elasticsearch(elastic_settings.elasticsearch_url) as client:
        client.indices.create(index=f"{alias}-v2")
        client.indices.add_block(index=alias, block="write")
    health = direct.check_health()
    assert health.status == "red"
    assert "luruskan reindex" in health.detail

    assert store.rebuild(SilentBar()) == 1

    assert direct.check_health().status in {"green", "yellow"}
    assert direct.upsert_posts([make_post(2)]).created == 1
    assert len(names(elastic_settings)) == 1


def test_the_command_says_how_many_posts_it_indexed(
    elastic_settings: Settings, store: ElasticStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indices.commands.main import main

    store.upsert_posts([make_post(1), make_post(2)])
    monkeypatch.setenv("LURUSKAN_ELASTICSEARCH_URL", elastic_settings.elasticsearch_url)
    monkeypatch.setenv("LURUSKAN_INDEX_PREFIX", elastic_settings.index_prefix)

    result = CliRunner().invoke(main, ["--home", str(elastic_settings.home), "reindex"])

    assert result.exit_code == 0, result.output
    assert result.stdout == "2 posts reindexed\n"
