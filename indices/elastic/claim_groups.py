"""Which claim each post tells: fields of its own document; rulings and changes lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from indices.codec import document_from_json
from indices.documents import GroupMember, Post
from indices.elastic.changes import Change, Fields, Update, change
from indices.elastic.iteration import iter_fields
from indices.elastic.post_fields import member_fields
from indices.elastic.posts import refuse_other_dimensions
from indices.elastic.reading import read_sources
from indices.elastic.schema import Index
from indices.elastic.searching import build_knn
from indices.elastic.session import Session
from indices.queries import Neighbour
from indices.store import FloatArray

BATCH = 64
"""Searches in one request."""
_OLDEST = ({"collected_us": "asc"}, {"id": "asc"})


def iter_unplaced(session: Session, limit: int | None) -> Iterator[Post]:
    """Assessed posts whose present text is in no group yet; oldest first."""
    query = {"bool": {"must_not": [{"term": {"placed": "yes"}}, {"term": {"read_by": ""}}]}}
    for fields in islice(iter_fields(session, Index.POSTS, query, ("post",), _OLDEST), limit):
        yield document_from_json(Post, fields["post"])


def put_members(session: Session, members: Sequence[GroupMember]) -> None:
    """Write the group's part of known posts; see `Store.put_members`."""
    given = {member.post_id: member for member in members}

    def decide(post_id: str, stored: Fields | None) -> Change | None:
        if stored is None:
            return None
        return Update(fields=member_fields(given[post_id], stored["text_hash"]))

    change(session, Index.POSTS, given, ("text_hash",), decide)


def find_members(session: Session, post_ids: Sequence[str]) -> dict[str, GroupMember]:
    """By post id, as they are this moment."""
    found = read_sources(session, Index.POSTS, post_ids, ["member"])
    return {
        post_id: document_from_json(GroupMember, fields["member"])
        for post_id, fields in found.items()
        if "member" in fields
    }


def iter_members(session: Session, group_id: str, limit: int | None) -> Iterator[GroupMember]:
    """The posts of one claim, oldest first."""
    query = {"term": {"member_group": group_id}}
    found = iter_fields(session, Index.POSTS, query, ("member",), _OLDEST)
    for fields in islice(found, limit):
        yield document_from_json(GroupMember, fields["member"])


def count_members(session: Session, group_ids: Sequence[str]) -> dict[str, int]:
    """How many posts each of the groups has."""
    wanted = list(dict.fromkeys(group_ids))
    if not wanted:
        return {}
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.POSTS),
            allow_partial_search_results=False,
            query={"terms": {"member_group": wanted}},
            aggs={"groups": {"terms": {"field": "member_group", "size": len(wanted)}}},
            size=0,
        )
    buckets = answer["aggregations"]["groups"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def find_nearest(session: Session, vectors: FloatArray, limit: int) -> list[list[Neighbour]]:
    """For each vector the posts whose vectors are nearest, nearest first."""
    if not len(vectors):
        return []
    refuse_other_dimensions(session, vectors.shape[1])
    found: list[list[Neighbour]] = []
    for start in range(0, len(vectors), BATCH):
        batch = vectors[start : start + BATCH]
        found += _ask(session, [_build_search(vector, limit) for vector in batch])
    return found


def _build_search(vector: FloatArray, limit: int) -> dict[str, Any]:
    return {
        "knn": build_knn(vector, limit),
        "size": limit,
        "stored_fields": "_none_",
        "docvalue_fields": ["id"],
        "track_total_hits": False,
    }


def _ask(session: Session, bodies: Sequence[dict[str, Any]]) -> list[list[Neighbour]]:
    header = {"index": session.alias(Index.POSTS), "allow_partial_search_results": False}
    searches = [part for body in bodies for part in (header, body)]
    with session.calling() as client:
        answers = client.msearch(searches=searches)["responses"]
    for answer in answers:
        if "error" in answer:
            raise session.connection.failed_search(answer)
    return [[_neighbour(hit) for hit in answer["hits"]["hits"]] for answer in answers]


def _neighbour(hit: dict[str, Any]) -> Neighbour:
    """With the cosine itself, where the server gives (1 + cosine) / 2."""
    return Neighbour(hit["fields"]["id"][0], 2 * hit["_score"] - 1)
