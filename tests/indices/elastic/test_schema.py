"""The shipped templates, loaded into a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from indices.documents import Copy, GroupMember
from indices.elastic.schema import VERSION, Index, build_template, find_indices
from indices.elastic.store import ElasticStore
from indices.errors import StoreVersionError
from indices.queries import PostQuery
from indices.settings import Settings
from tests.indices.contract_documents import REGENCY, make_post


@pytest.fixture
def client(elastic_settings: Settings) -> Iterator[Elasticsearch]:
    with Elasticsearch(elastic_settings.elasticsearch_url) as client:
        yield client


@pytest.mark.parametrize("index", Index)
def test_templates_are_strict_and_say_their_version(index: Index) -> None:
    template = build_template("awalan", index)

    mappings = template["template"]["mappings"]
    assert mappings["dynamic"] == "strict"
    assert mappings["_meta"]["version"] == VERSION
    assert template["index_patterns"] == [f"awalan-{index}", f"awalan-{index}-v*"]


@pytest.mark.elasticsearch
def test_indices_are_versioned_and_stand_behind_aliases(
    elastic_settings: Settings, store: ElasticStore, client: Elasticsearch
) -> None:
    prefix = elastic_settings.index_prefix

    assert find_indices(client, prefix) == {
        Index.POSTS: f"{prefix}-posts-v1",
        Index.RECORDS: f"{prefix}-records-v1",
    }


@pytest.mark.elasticsearch
def test_a_field_that_nobody_planned_is_refused(
    elastic_settings: Settings, store: ElasticStore, client: Elasticsearch
) -> None:
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        client.index(index=f"{elastic_settings.index_prefix}-posts", document={"titel": "x"})


@pytest.mark.elasticsearch
def test_a_lost_alias_does_not_become_an_index_by_itself(
    elastic_settings: Settings, store: ElasticStore, client: Elasticsearch
) -> None:
    alias = f"{elastic_settings.index_prefix}-posts"
    client.indices.delete(index=f"{alias}-v1")

    with pytest.raises(NotFoundError, match="index_not_found"):
        client.index(index=alias, document={"id": "x"})


@pytest.mark.elasticsearch
def test_indices_of_a_newer_version_are_left_alone(
    elastic_settings: Settings, store: ElasticStore, client: Elasticsearch
) -> None:
    client.indices.put_mapping(
        index=f"{elastic_settings.index_prefix}-posts", meta={"version": VERSION + 1}
    )

    with pytest.raises(StoreVersionError, match="upgrade the program"):
        ElasticStore.open(elastic_settings)


@pytest.mark.elasticsearch
def test_many_processes_may_open_a_new_store_at_once(elastic_settings: Settings) -> None:
    def open_and_write(number: int) -> None:
        store = ElasticStore.open(elastic_settings)
        store.upsert_posts([make_post(number)])
        store.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(open_and_write, range(4)))

    store = ElasticStore.open(elastic_settings)
    store.refresh()
    assert store.search(PostQuery()).total == 4
    store.close()


@pytest.mark.elasticsearch
def test_health_names_backend_version_and_nodes(store: ElasticStore) -> None:
    health = store.check_health()

    assert health.backend == "elasticsearch"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", health.version)
    assert "node(s)" in health.detail


@pytest.mark.elasticsearch
def test_an_index_of_the_first_version_gets_the_fields_that_came_since(
    elastic_settings: Settings, client: Elasticsearch
) -> None:
    name = f"{elastic_settings.index_prefix}-posts-v1"
    mappings = build_template(elastic_settings.index_prefix, Index.POSTS)["template"]["mappings"]
    since = ("copy", "copy_group", "copy_keys", "compared", "compared_hash", "places")
    since += ("member", "member_group", "member_hash", "placed")
    fields = {key: kept for key, kept in mappings["properties"].items() if key not in since}
    older = mappings | {"properties": fields, "_meta": {"version": 1}}
    alias = name.removesuffix("-v1")
    client.indices.create(index=name, mappings=older, aliases={alias: {}})

    opened = ElasticStore.open(elastic_settings)
    opened.upsert_posts([make_post(1)])
    written = Copy(post_id=make_post(1).id, text_hash="x", group_id="g", keys=(1,))
    opened.put_copies([written])

    assert opened.find_alike([(1,)]) == [[written]]
    member = GroupMember(post_id=make_post(1).id, text_hash="x", group_id="c")
    opened.put_members([member])
    opened.upsert_posts([make_post(1, places=(REGENCY,))])
    opened.refresh()
    assert list(opened.iter_members("c")) == [member]
    assert opened.search(PostQuery(places=("64.02",))).total == 1
    opened.close()
