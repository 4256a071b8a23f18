"""A post with its parts as the fields of one index document, and back.

Each owner's part is kept whole as one JSON text, so that a partial update replaces it as a whole
and reading gives back exactly what was written; beside it stand the fields that are searched.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from indices.codec import document_from_json, document_to_json
from indices.documents import (
    Assessment,
    Copy,
    GroupMember,
    Post,
    PostRecord,
    Review,
    ReviewStatus,
)
from indices.identity import model_family
from indices.store import FloatArray
from indices.text import terms

PARTS = ("post", "assessment", "review")
UNREAD = -1.0
"""Stands for the probability of a post that no model has read: below every real one."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Since 1970, exact over all years: Elasticsearch dates end at milliseconds."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def post_fields(post: Post) -> dict[str, Any]:
    """What the crawlers own."""
    newest = post.published_at or post.collected_at
    return {
        "post": document_to_json(post),
        "source_id": post.source_id,
        "source_kind": post.source_kind.value,
        "platform": post.platform,
        "language": post.language,
        "region": post.region,
        "places": list(post.place_codes),
        "collected_at": post.collected_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "collected_us": microseconds(post.collected_at),
        "published_us": microseconds(post.published_at) if post.published_at else None,
        "newest_us": microseconds(newest),
        "title_words": " ".join(terms(post.title)),
        "text_words": " ".join(terms(post.text)),
        "text_hash": post.text_hash,
    }


def assessment_fields(assessment: Assessment | None, text_hash: str) -> dict[str, Any]:
    """What the classifier owns, without the vector.

    Args:
        text_hash: of the post as it is stored now.
    """
    if assessment is None:
        return {"flagged": "unassessed", "topic": "", "probability": UNREAD, "read_by": ""}
    return {
        "assessment": document_to_json(assessment),
        "model": assessment.model,
        "assessed_hash": assessment.text_hash,
        "read_by": read_by(assessment.model, assessment.text_hash, text_hash),
        "flagged": "true" if assessment.flagged else "false",
        "topic": assessment.topic,
        "probability": assessment.probability,
    }


def read_by(model: str, assessed_hash: str, text_hash: str) -> str:
    """The family of the model that read the text as it is now; empty when it read another one."""
    return model_family(model) if assessed_hash == text_hash else ""


def copy_fields(copy: Copy, text_hash: str) -> dict[str, Any]:
    """Which posts have the same text.

    Args:
        text_hash: of the post as it is stored now.
    """
    return {
        "copy": document_to_json(copy),
        "copy_group": copy.group_id,
        "copy_keys": [str(key) for key in copy.keys],
        "compared_hash": copy.text_hash,
        "compared": compared(copy.text_hash, text_hash),
    }


def member_fields(member: GroupMember, text_hash: str) -> dict[str, Any]:
    """Which claim the post tells.

    Args:
        text_hash: of the post as it is stored now.
    """
    return {
        "member": document_to_json(member),
        "member_group": member.group_id,
        "member_hash": member.text_hash,
        "placed": compared(member.text_hash, text_hash),
    }


def compared(compared_hash: str, text_hash: str) -> str:
    """`yes` when the text as it is now was compared with others."""
    return "yes" if compared_hash == text_hash else "no"


def review_fields(review: Review | None) -> dict[str, Any]:
    """What the desk owns."""
    if review is None:
        return {"status": ReviewStatus.NEW.value, "case_id": ""}
    return {
        "review": document_to_json(review),
        "review_version": review.version,
        "status": review.status.value,
        "case_id": review.case_id,
    }


def vector_fields(vector: FloatArray | None) -> dict[str, Any]:
    """The vector, where there is one."""
    return {} if vector is None else {"vector": vector}


def record_fields(record: PostRecord, vector: FloatArray | None = None) -> dict[str, Any]:
    """The whole document."""
    return {
        "id": record.post.id,
        **post_fields(record.post),
        **assessment_fields(record.assessment, record.post.text_hash),
        **review_fields(record.review),
        **vector_fields(vector),
    }


def record_from_fields(fields: Mapping[str, Any]) -> PostRecord:
    """The record that the three JSON texts hold."""
    assessment, review = fields.get("assessment"), fields.get("review")
    return PostRecord(
        post=document_from_json(Post, fields["post"]),
        assessment=document_from_json(Assessment, assessment) if assessment else None,
        review=document_from_json(Review, review) if review else None,
    )
