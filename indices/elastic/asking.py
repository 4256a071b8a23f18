"""Several searches among the posts in one request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indices.elastic.schema import Index
from indices.elastic.session import Session

Hits = list[dict[str, Any]]


def ask(session: Session, bodies: Sequence[dict[str, Any]]) -> list[Hits]:
    """The hits of each search.

    Raises:
        StoreUnavailableError: a shard that would know is away; that is no "nothing found".
    """
    header = {"index": session.alias(Index.POSTS), "allow_partial_search_results": False}
    searches = [part for body in bodies for part in (header, body)]
    with session.calling() as client:
        answers = client.msearch(searches=searches)["responses"]
    for answer in answers:
        if "error" in answer:
            raise session.connection.failed_search(answer)
    return [answer["hits"]["hits"] for answer in answers]


def ids_only(size: int) -> dict[str, Any]:
    """The rest of a search that wants ids: doc values, as stored documents are large to unpack."""
    return {
        "size": size,
        "stored_fields": "_none_",
        "docvalue_fields": ["id"],
        "track_total_hits": False,
    }
