"""A server that can be lost and found again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indices.elastic.store import ElasticStore
from indices.settings import Settings
from tests.indices.elastic.cable import Cable


@pytest.fixture
def cable(elasticsearch_url: str) -> Iterator[Cable]:
    cable = Cable(elasticsearch_url)
    yield cable
    cable.cut()


@pytest.fixture
def cabled_settings(elastic_settings: Settings, cable: Cable) -> Settings:
    return elastic_settings.model_copy(update={"elasticsearch_url": cable.url})


@pytest.fixture
def store(cabled_settings: Settings) -> Iterator[ElasticStore]:
    store = ElasticStore.open(cabled_settings)
    yield store
    store.close()


@pytest.fixture
def direct(elastic_settings: Settings, store: ElasticStore) -> Iterator[ElasticStore]:
    """The same indices, seen without the cable, with a spool of its own."""
    home = elastic_settings.home / "other"
    other = ElasticStore.open(elastic_settings.model_copy(update={"home": home}))
    yield other
    other.close()
