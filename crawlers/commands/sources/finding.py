"""The source that a person names, or one line that says where the names stand."""

from __future__ import annotations

from indices.documents import Source
from indices.errors import BadInputError
from indices.store import Store


def get_source(store: Store, source_id: str) -> Source:
    """By id.

    Raises:
        BadInputError: there is none.
    """
    source = store.find_source(source_id)
    if source is None:
        raise BadInputError(f"no source {source_id!r}; `luruskan sources list` names them all")
    return source


def as_line(source: Source) -> str:
    """Id, kind, connector and address, for eyes and for `cut`."""
    state = "" if source.enabled else "\tdisabled"
    return f"{source.id}\t{source.kind}\t{source.connector}\t{source.url}{state}"
