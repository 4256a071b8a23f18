"""Search: words ranked by the server, meaning by kNN, the two fused here, pages that hold still.

Orders by time or urgency go on after the last hit's own values. A relevance order would shift
while posts are added, so its pages are cut from one point in time that the server holds for a
while; when that has gone, the sequence goes on over what is there now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from indices.elastic.asking import ask, ids_only
from indices.elastic.filters import build_filters, build_query
from indices.elastic.post_fields import PARTS, record_from_fields
from indices.elastic.posts import find_records, refuse_other_dimensions
from indices.elastic.schema import Index
from indices.elastic.session import Session
from indices.errors import BadInputError
from indices.queries import Hit, Order, Page, PostQuery
from indices.ranking import FUSION_DEPTH, decode_cursor, encode_cursor, fuse
from indices.store import FloatArray

KEEP_ALIVE = "5m"
MEANING_DEPTH = 200
"""Neighbours that are fused with the words; a deeper walk of the graph costs more than it finds."""
LEAST_CANDIDATES = 100
_BY_ID = {"id": "asc"}
_SORTS: dict[Order, list[dict[str, str]]] = {
    Order.NEWEST: [{"newest_us": "desc"}, _BY_ID],
    Order.PROBABILITY: [{"probability": "desc"}, _BY_ID],
}
_TYPES: dict[Order, list[type]] = {Order.NEWEST: [int, str], Order.PROBABILITY: [float, str]}
Answer = dict[str, Any]


def search(
    session: Session,
    query: PostQuery,
    vector: FloatArray | None,
    limit: int,
    cursor: str | None,
) -> Page:
    """Find posts; see `Store.search`."""
    if not 1 <= limit <= 1000:
        raise BadInputError(f"limit: {limit} is not between 1 and 1,000")
    if query.order is not Order.RELEVANCE:
        return _search_ordered(session, query, query.order, limit, cursor)
    if vector is not None:
        refuse_other_dimensions(session, len(vector))
        return _search_hybrid(session, query, vector, limit, cursor)
    if query.text.strip():
        return _search_relevant(session, query, limit, cursor)
    return _search_ordered(session, query, Order.NEWEST, limit, cursor)


def _search_ordered(
    session: Session, query: PostQuery, order: Order, limit: int, cursor: str | None
) -> Page:
    after = decode_cursor(cursor, order, _TYPES[order]) if cursor is not None else None
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.POSTS),
            allow_partial_search_results=False,
            query=build_query(query),
            sort=_SORTS[order],
            search_after=list(after) if after else None,
            size=limit + 1,
            track_total_hits=True,
            source_includes=list(PARTS),
        )
    found = answer["hits"]["hits"]
    more = encode_cursor(order, found[limit - 1]["sort"]) if len(found) > limit else None
    return _page(answer.body, limit, more)


def _search_relevant(session: Session, query: PostQuery, limit: int, cursor: str | None) -> Page:
    body: dict[str, Any] = {
        "allow_partial_search_results": False,
        "query": build_query(query),
        "sort": [{"_score": "desc"}, _BY_ID],
        "size": limit + 1,
        "track_total_hits": True,
        "source_includes": list(PARTS),
    }
    moment = None
    if cursor is not None:
        moment, score, last = decode_cursor(cursor, "relevance", [str, float, str])
        body["search_after"] = [score, last]
    with session.calling() as client:
        moment = str(moment) if moment is not None else _open_moment(session, client)
        answer = _search_at(session, client, moment, body)
        found = answer["hits"]["hits"]
        if len(found) <= limit:
            _close_moment(client, moment)
            return _page(answer, limit, None)
    score, last = found[limit - 1]["sort"][:2]
    return _page(answer, limit, encode_cursor("relevance", [moment, float(score), last]))


def _search_at(
    session: Session, client: Elasticsearch, moment: str, body: dict[str, Any]
) -> Answer:
    """Search the point in time or, when the server has let it go, what is there now."""
    try:
        answer = client.search(pit={"id": moment, "keep_alive": KEEP_ALIVE}, **body)
    except ApiError as error:
        if error.meta.status == 400:
            raise BadInputError("cursor: was not made by this search") from error
        if error.meta.status != 404:
            raise
        answer = client.search(index=session.alias(Index.POSTS), **body)
    found: Answer = answer.body
    return found


def _open_moment(session: Session, client: Elasticsearch) -> str:
    answer = client.open_point_in_time(index=session.alias(Index.POSTS), keep_alive=KEEP_ALIVE)
    return str(answer["id"])


def _close_moment(client: Elasticsearch, moment: str) -> None:
    client.options(ignore_status=[400, 404]).close_point_in_time(id=moment)


def _page(answer: Answer, limit: int, next_cursor: str | None) -> Page:
    hits = answer["hits"]["hits"][:limit]
    return Page(
        hits=tuple(
            Hit(record=record_from_fields(hit["_source"]), score=hit["_score"] or 0.0)
            for hit in hits
        ),
        total=answer["hits"]["total"]["value"],
        next_cursor=next_cursor,
    )


def _search_hybrid(
    session: Session, query: PostQuery, vector: FloatArray, limit: int, cursor: str | None
) -> Page:
    start = 0
    if cursor is not None:
        start = int(decode_cursor(cursor, "hybrid", [int])[0] or 0)
    orders = [_lexical_body(query)] if query.text.strip() else []
    orders.append(_nearest_body(query, vector))
    scores = fuse(*_rank(session, orders))
    chosen = list(scores)[start : start + limit]
    records = find_records(session, chosen)
    end = start + limit
    return Page(
        hits=tuple(Hit(record=records[id_], score=scores[id_]) for id_ in chosen if id_ in records),
        total=len(scores),
        next_cursor=encode_cursor("hybrid", [end]) if end < len(scores) else None,
    )


def _rank(session: Session, bodies: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Post ids, best first and ties by id, for each of the searches, in one request."""
    return [_ranked_ids(hits) for hits in ask(session, bodies)]


def _ranked_ids(hits: Sequence[dict[str, Any]]) -> list[str]:
    # Sorting by id in the server as well would make it score every post that matches.
    ranked = sorted((-hit["_score"], hit["fields"]["id"][0]) for hit in hits)
    return [post_id for _, post_id in ranked]


def _lexical_body(query: PostQuery) -> dict[str, Any]:
    return {"query": build_query(query), **ids_only(FUSION_DEPTH)}


def _nearest_body(query: PostQuery, vector: FloatArray) -> dict[str, Any]:
    return {
        "knn": build_knn(vector, MEANING_DEPTH, build_filters(query)),
        **ids_only(MEANING_DEPTH),
    }


def build_knn(
    vector: FloatArray, count: int, filters: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The server's search for the nearest vectors."""
    return {
        "field": "vector",
        "query_vector": vector.tolist(),
        "k": count,
        "num_candidates": max(count, LEAST_CANDIDATES),
        # Candidates are ranked by 8-bit copies of the vectors, then the best by the vectors.
        "rescore_vector": {"oversample": 2.0},
        "filter": list(filters),
    }
