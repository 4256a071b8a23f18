"""Which posts have the same text: fields of the post's own document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from indices.codec import document_from_json
from indices.documents import Copy, Post
from indices.elastic.asking import ask
from indices.elastic.changes import Change, Fields, Update, change
from indices.elastic.counting import count_having
from indices.elastic.iteration import OLDEST, iter_fields, iter_posts
from indices.elastic.post_fields import copy_fields
from indices.elastic.reading import read_sources
from indices.elastic.schema import Index
from indices.elastic.session import Session

BATCH = 100
"""Searches in one request."""


def iter_ungrouped(session: Session, limit: int | None) -> Iterator[Post]:
    """Posts whose present text was not compared yet; oldest first."""
    return iter_posts(session, {"bool": {"must_not": [{"term": {"compared": "yes"}}]}}, limit)


def find_alike(session: Session, keys: Sequence[Sequence[int]], limit: int) -> list[list[Copy]]:
    """For each set of keys the posts that share most of them, then the oldest."""
    session.refresh(Index.POSTS)
    found: list[list[Copy]] = [[] for _ in keys]
    asked = [place for place, own in enumerate(keys) if own]
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        bodies = [_build_search(keys[place], limit) for place in batch]
        for place, hits in zip(batch, ask(session, bodies), strict=True):
            found[place] = [document_from_json(Copy, hit["_source"]["copy"]) for hit in hits]
    return found


def _build_search(keys: Sequence[int], limit: int) -> dict[str, Any]:
    """One point for each key."""
    one_each = [
        {"constant_score": {"filter": {"term": {"copy_keys": str(key)}}}} for key in set(keys)
    ]
    return {
        "query": {"bool": {"should": one_each, "minimum_should_match": 1}},
        "sort": [{"_score": "desc"}, *OLDEST],
        "size": limit,
        "_source": ["copy"],
        "track_total_hits": False,
    }


def put_copies(session: Session, copies: Sequence[Copy]) -> None:
    """Write the copies' part of known posts; see `Store.put_copies`."""
    given = {copy.post_id: copy for copy in copies}

    def decide(post_id: str, stored: Fields | None) -> Change | None:
        if stored is None:
            return None
        return Update(fields=copy_fields(given[post_id], stored["text_hash"]))

    change(session, Index.POSTS, given, ("text_hash",), decide)


def find_copies(session: Session, post_ids: Sequence[str]) -> dict[str, Copy]:
    """By post id, as they are this moment."""
    found = read_sources(session, Index.POSTS, post_ids, ["copy"])
    return {
        post_id: document_from_json(Copy, fields["copy"])
        for post_id, fields in found.items()
        if "copy" in fields
    }


def iter_group(session: Session, group_id: str) -> Iterator[Copy]:
    """All posts of one text, oldest first."""
    query = {"term": {"copy_group": group_id}}
    for fields in iter_fields(session, Index.POSTS, query, ("copy",), OLDEST):
        yield document_from_json(Copy, fields["copy"])


def count_groups(session: Session, group_ids: Sequence[str]) -> dict[str, int]:
    """How many posts each of the groups has."""
    return count_having(session, "copy_group", group_ids)
