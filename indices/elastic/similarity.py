"""More like this: by vector where the post has one, else by its words."""

from __future__ import annotations

from typing import Any

from indices.elastic.post_fields import PARTS, record_from_fields
from indices.elastic.posts import find_vector
from indices.elastic.schema import Index
from indices.elastic.searching import build_knn
from indices.elastic.session import Session
from indices.queries import Hit


def find_similar(session: Session, post_id: str, limit: int) -> list[Hit]:
    """See `Store.find_similar`."""
    vector = find_vector(session, post_id)
    asked: dict[str, Any] = (
        {"query": _like(session, post_id)}
        if vector is None
        else {"knn": build_knn(vector, limit + 1)}
    )
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.POSTS),
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


def _like(session: Session, post_id: str) -> dict[str, Any]:
    return {
        "more_like_this": {
            "fields": ["title_words", "text_words"],
            "like": [{"_index": session.alias(Index.POSTS), "_id": post_id}],
            "min_term_freq": 1,
            "min_doc_freq": 1,
            "max_query_terms": 25,
            "minimum_should_match": "20%",
        }
    }
