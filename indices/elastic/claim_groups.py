"""Which claim each post tells: fields of its own document; rulings and changes lie apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from indices.codec import document_from_json
from indices.documents import GroupMember, Post
from indices.elastic.asking import ask, ids_only
from indices.elastic.changes import Change, Fields, Update, change
from indices.elastic.counting import count_having, count_most_frequent
from indices.elastic.iteration import OLDEST, iter_fields, iter_posts
from indices.elastic.post_fields import member_fields, microseconds
from indices.elastic.posts import refuse_other_dimensions
from indices.elastic.reading import read_sources
from indices.elastic.schema import Index
from indices.elastic.searching import build_knn
from indices.elastic.session import Session
from indices.queries import Neighbour
from indices.store import FloatArray

BATCH = 64
"""Searches in one request."""


def iter_unplaced(session: Session, limit: int | None) -> Iterator[Post]:
    """Assessed posts whose present text is in no group yet; oldest first."""
    query = {"bool": {"must_not": [{"term": {"placed": "yes"}}, {"term": {"read_by": ""}}]}}
    return iter_posts(session, query, limit)


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
    found = iter_fields(session, Index.POSTS, query, ("member",), OLDEST)
    for fields in islice(found, limit):
        yield document_from_json(GroupMember, fields["member"])


def count_members(session: Session, group_ids: Sequence[str]) -> dict[str, int]:
    """How many posts each of the groups has."""
    return count_having(session, "member_group", group_ids)


def find_largest_groups(session: Session, since: datetime, limit: int) -> dict[str, int]:
    """The groups with most posts collected since then; see `Store.find_largest_groups`."""
    query = {"range": {"collected_us": {"gte": microseconds(since)}}}
    return count_most_frequent(session, "member_group", query, limit, at_least=2)


def find_nearest(session: Session, vectors: FloatArray, limit: int) -> list[list[Neighbour]]:
    """For each vector the posts whose vectors are nearest, nearest first."""
    if not len(vectors):
        return []
    refuse_other_dimensions(session, vectors.shape[1])
    found: list[list[Neighbour]] = []
    for start in range(0, len(vectors), BATCH):
        batch = vectors[start : start + BATCH]
        bodies = [{"knn": build_knn(vector, limit), **ids_only(limit)} for vector in batch]
        found += [[_neighbour(hit) for hit in hits] for hits in ask(session, bodies)]
    return found


def _neighbour(hit: dict[str, Any]) -> Neighbour:
    """With the cosine itself, where the server gives (1 + cosine) / 2."""
    return Neighbour(hit["fields"]["id"][0], 2 * hit["_score"] - 1)
