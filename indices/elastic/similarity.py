"""More like this: by vector where the post has one, else by its words."""

from __future__ import annotations

from typing import Any

from indices.elastic.filters import build_any
from indices.elastic.post_fields import PARTS, record_from_fields
from indices.elastic.posts import find_records, find_vector
from indices.elastic.schema import Index
from indices.elastic.searching import build_knn
from indices.elastic.session import Session
from indices.queries import Hit
from indices.text import query_terms


def find_similar(session: Session, post_id: str, limit: int) -> list[Hit]:
    """See `Store.find_similar`."""
    vector = find_vector(session, post_id)
    asked: dict[str, Any]
    if vector is not None:
        asked = {"knn": build_knn(vector, limit + 1)}
    elif words := _words_of(session, post_id):
        asked = {"query": build_any(words)}
    else:
        return []
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.POSTS),
            allow_partial_search_results=False,
            size=limit + 1,
            source_includes=["id", *PARTS],
            track_total_hits=False,
            **asked,
        )
    others = [hit for hit in answer["hits"]["hits"] if hit["_source"]["id"] != post_id]
    return [
        Hit(record=record_from_fields(hit["_source"]), score=_score(hit["_score"], vector is None))
        for hit in others[:limit]
    ]


def _score(score: float, lexical: bool) -> float:
    """The cosine itself, where the server gives (1 + cosine) / 2."""
    return score if lexical else 2 * score - 1


def _words_of(session: Session, post_id: str) -> list[str]:
    record = find_records(session, [post_id]).get(post_id)
    return query_terms(f"{record.post.title}\n{record.post.text}") if record else []
