"""Posts and their three owners' parts, written beside each other in one document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

import numpy as np

from indices.codec import document_from_json
from indices.documents import Assessment, Post, PostRecord, Review, SourceKind
from indices.elastic.changes import Change, Create, Delete, Fields, Replace, Update, change
from indices.elastic.filters import build_query
from indices.elastic.iteration import iter_fields, iter_posts
from indices.elastic.post_fields import (
    PARTS,
    assessment_fields,
    compared,
    microseconds,
    post_fields,
    read_by,
    record_fields,
    record_from_fields,
    review_fields,
    vector_fields,
)
from indices.elastic.reading import read_sources
from indices.elastic.schema import Index
from indices.elastic.session import Session
from indices.errors import DimensionMismatchError, VersionConflictError
from indices.identity import model_family
from indices.queries import PostQuery, UpsertCounts
from indices.store import FloatArray

DELETE_BATCH = 1_000


def upsert_posts(session: Session, posts: Sequence[Post]) -> UpsertCounts:
    """Add or refresh; see `Store.upsert_posts`."""
    given = {post.id: post for post in posts}

    def decide(post_id: str, stored: Fields | None) -> Change | None:
        post = given[post_id]
        if stored is None:
            return Create(fields=record_fields(PostRecord(post=post)))
        known = document_from_json(Post, stored["post"])
        post = replace(post, collected_at=known.collected_at)
        if post == known:
            return None
        fields = post_fields(post)
        if "model" in stored:
            fields["read_by"] = read_by(stored["model"], stored["assessed_hash"], post.text_hash)
        if "compared_hash" in stored:
            fields["compared"] = compared(stored["compared_hash"], post.text_hash)
        if "member_hash" in stored:
            fields["placed"] = compared(stored["member_hash"], post.text_hash)
        return Update(fields=fields)

    seen = ("post", "model", "assessed_hash", "compared_hash", "member_hash")
    written = change(session, Index.POSTS, given, seen, decide)
    created = sum(isinstance(end, Create) for end in written.values())
    return UpsertCounts(
        created=created,
        updated=len(written) - created,
        unchanged=len(given) - len(written),
    )


def put_assessments(
    session: Session,
    assessments: Sequence[Assessment],
    vectors: FloatArray | None,
    *,
    keep_newer: bool = False,
) -> None:
    """Write the classifier's part of known posts; see `Store.put_assessments`.

    Args:
        keep_newer: leave a stored assessment that was made later.
    """
    if not assessments:
        return
    if vectors is not None:
        refuse_other_dimensions(session, vectors.shape[1])
    rows = {assessment.post_id: row for row, assessment in enumerate(assessments)}

    def decide(post_id: str, stored: Fields | None) -> Change | None:
        if stored is None:
            return None
        row = rows[post_id]
        if keep_newer and _is_newer(stored.get("assessment"), assessments[row]):
            return None
        fields = assessment_fields(assessments[row], stored["text_hash"])
        return Update(fields=fields | vector_fields(None if vectors is None else vectors[row]))

    seen = ("text_hash", "assessment") if keep_newer else ("text_hash",)
    change(session, Index.POSTS, rows, seen, decide)


def _is_newer(stored: str | None, than: Assessment) -> bool:
    return stored is not None and (
        document_from_json(Assessment, stored).assessed_at > than.assessed_at
    )


def refuse_other_dimensions(session: Session, given: int) -> None:
    """Raise DimensionMismatchError where the store's vectors have another length."""
    dimensions = session.find_dimensions()
    if dimensions not in {None, given}:
        raise DimensionMismatchError(
            f"the index holds vectors of {dimensions} dimensions, these have {given};"
            " name the encoder that made them"
        )


def put_review(session: Session, review: Review) -> None:
    """Write the desk's part if its version follows; see `Store.put_review`."""

    def decide(post_id: str, stored: Fields | None) -> Change | None:
        if stored is None:
            raise VersionConflictError(f"post {post_id} is unknown; crawl or import it first")
        known = stored.get("review")
        if known and document_from_json(Review, known) == review:
            return None
        version = stored.get("review_version", 0)
        if review.version != version + 1:
            raise VersionConflictError(
                f"post {post_id}: version {review.version} does not follow {version}; read again"
            )
        return Update(fields=review_fields(review))

    if change(session, Index.POSTS, [review.post_id], ("review", "review_version"), decide):
        session.refresh(Index.POSTS)  # a reviewer's queue must not show what they just decided


def put_records(
    session: Session, records: Sequence[PostRecord], vectors: Mapping[str, FloatArray] | None
) -> None:
    """Restore whole documents; see `Store.put_records`."""
    vectors = vectors or {}
    for dimensions in {len(vector) for vector in vectors.values()}:
        refuse_other_dimensions(session, dimensions)
    given = {record.post.id: record for record in records}

    def decide(post_id: str, _stored: Fields | None) -> Change | None:
        return Replace(fields=record_fields(given[post_id], vectors.get(post_id)))

    change(session, Index.POSTS, given, (), decide)


def find_records(session: Session, post_ids: Sequence[str]) -> dict[str, PostRecord]:
    """The known ones, as they are this moment."""
    found = read_sources(session, Index.POSTS, post_ids, PARTS)
    return {post_id: record_from_fields(fields) for post_id, fields in found.items()}


def find_vector(session: Session, post_id: str) -> FloatArray | None:
    """Shape (n_dims,), as it was written."""
    found = read_sources(session, Index.POSTS, [post_id], ["vector"]).get(post_id, {})
    return np.array(found["vector"], dtype=np.float32) if "vector" in found else None


def iter_records(session: Session, query: PostQuery) -> Iterator[PostRecord]:
    """Every matching post, by id."""
    for fields in iter_fields(session, Index.POSTS, build_query(query), PARTS):
        yield record_from_fields(fields)


def iter_unassessed(session: Session, model: str, limit: int | None) -> Iterator[Post]:
    """Posts whose present text this model has not read, oldest first."""
    query = {"bool": {"must_not": [{"term": {"read_by": model_family(model)}}]}}
    return iter_posts(session, query, limit)


def delete_posts_before(
    session: Session, before: datetime, *, keep_cases: bool, source_kinds: Collection[SourceKind]
) -> int:
    """Retention: those that got a case while we were counting stay too."""
    kinds = [str(kind) for kind in source_kinds or SourceKind]
    narrowed = [
        {"range": {"collected_us": {"lt": microseconds(before)}}},
        {"terms": {"source_kind": kinds}},
    ]
    old = {"bool": {"filter": narrowed}}

    def decide(_post_id: str, stored: Fields | None) -> Change | None:
        if stored is None or (keep_cases and stored["case_id"]):
            return None
        return Delete()

    deleted = 0
    found = iter_fields(session, Index.POSTS, old, ("id",))
    while batch := [fields["id"] for fields in islice(found, DELETE_BATCH)]:
        deleted += len(change(session, Index.POSTS, batch, ("case_id",), decide))
    return deleted
