"""A connection with the indices of one installation, made on first contact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from elasticsearch import Elasticsearch

from indices.elastic.connection import Connection
from indices.elastic.schema import Index, alias_of, ensure_indices, find_indices


class Session:
    """What every part of the store shares: client, index names, vector size."""

    def __init__(self, urls: str, prefix: str) -> None:
        self.connection = Connection(urls)
        self.prefix = prefix
        self._lock = Lock()
        self._names: dict[Index, str] = {}
        self._dimensions: int | None = None

    @contextmanager
    def calling(self) -> Iterator[Elasticsearch]:
        """The client, after the indices were made; errors come out as the store's own."""
        with self.connection.calling() as client:
            self._resolved(client)
            yield client

    def alias(self, index: Index) -> str:
        """The name to read by."""
        return alias_of(self.prefix, index)

    def index_name(self, index: Index) -> str:
        """The concrete index to write to: sequence numbers mean nothing in another one."""
        with self.connection.calling() as client:
            return self._resolved(client)[index]

    def forget_names(self) -> None:
        """A reindex has moved an alias: look again before the next call."""
        with self._lock:
            self._names = {}

    def find_dimensions(self) -> int | None:
        """How long the vectors are; None while there are none."""
        if self._dimensions is None:
            with self.calling() as client:
                mappings = client.indices.get_mapping(index=self.alias(Index.POSTS))
            for described in mappings.values():
                vector = described["mappings"]["properties"]["vector"]
                self._dimensions = vector.get("dims")
        return self._dimensions

    def refresh(self, *indices: Index) -> None:
        """Make what was written to them visible to searches."""
        with self.calling() as client:
            client.indices.refresh(index=[self.alias(index) for index in indices])

    def _resolved(self, client: Elasticsearch) -> dict[Index, str]:
        with self._lock:
            if not self._names:
                ensure_indices(client, self.prefix)
                self._names = find_indices(client, self.prefix)
            return self._names
