"""Which store an installation uses."""

from __future__ import annotations

from indices.settings import Settings
from indices.store import Store


def open_store(settings: Settings) -> Store:
    """The store that the settings name; backends are imported only when they are used.

    Raises:
        StoreVersionError: it was written by a newer version.
        StoreUnavailableError: it cannot be opened now.
    """
    if settings.elasticsearch_url:
        from indices.elastic.store import ElasticStore

        return ElasticStore.open(settings)
    from indices.embedded.store import EmbeddedStore

    return EmbeddedStore.open(settings.store_path)
