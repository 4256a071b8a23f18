"""Documents by id, as they are this moment: no refresh is needed to see the last write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indices.elastic.connection import reason_of
from indices.elastic.schema import Index
from indices.elastic.session import Session

BATCH = 500
Found = dict[str, Any]


class IndexMovedError(Exception):
    """The concrete index is gone: a reindex has put another in its place."""


def read_batch(session: Session, name: str, ids: Sequence[str], fields: Sequence[str]) -> Found:
    """By id the server's answer for each known document; `name` is an index or an alias.

    Raises:
        IndexMovedError: there is no such index any longer.
        StoreUnavailableError: the shard that would know is away; that is no "not found".
    """
    with session.calling() as client:
        answer = client.mget(index=name, ids=list(ids), source_includes=list(fields))
    for document in answer["docs"]:
        if "error" in document:
            if "index_not_found" in reason_of(document):
                raise IndexMovedError
            raise session.connection.failed_search({"status": 503, "error": document["error"]})
    return {document["_id"]: document for document in answer["docs"] if document["found"]}


def read_sources(
    session: Session, index: Index, ids: Sequence[str], fields: Sequence[str]
) -> Found:
    """By id the named stored fields of each known document."""
    found: Found = {}
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        answer = read_batch(session, session.alias(index), batch, fields)
        found |= {id_: document["_source"] for id_, document in answer.items()}
    return found
