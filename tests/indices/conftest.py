"""The store under test: the same tests run over the embedded store and a real Elasticsearch."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from indices.settings import Settings
from indices.store import Store


@pytest.fixture
def elasticsearch_url() -> str:
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("ELASTICSEARCH_URL is not set")
    return url


@pytest.fixture
def elastic_settings(elasticsearch_url: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings with index names of this test's own, which are dropped afterwards."""
    from elasticsearch import Elasticsearch

    from indices.elastic.schema import drop_indices

    settings = Settings(
        home=tmp_path,
        elasticsearch_url=elasticsearch_url,
        index_prefix=f"test-{secrets.token_hex(6)}",
    )
    yield settings
    with Elasticsearch(elasticsearch_url) as client:
        drop_indices(client, settings.index_prefix)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "embedded":
        from indices.embedded.store import EmbeddedStore

        opened: Store = EmbeddedStore.open(tmp_path / "index.sqlite")
    else:
        from indices.elastic.store import ElasticStore

        opened = ElasticStore.open(request.getfixturevalue("elastic_settings"))
    yield opened
    opened.close()
