"""Documents as rows and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from pydantic_core import PydanticSerializationError

from indices.codec import document_from_json, document_to_json
from indices.documents import Assessment, Post, PostRecord, Review
from indices.errors import BadInputError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RECORD_SELECT = """
    SELECT posts.id, post_bodies.body, assessment_bodies.body, reviews.body
    FROM posts JOIN post_bodies USING (number)
    LEFT JOIN assessment_bodies USING (number) LEFT JOIN reviews USING (number)
"""
Document = TypeVar("Document")
Item = TypeVar("Item")


def microseconds(moment: datetime) -> int:
    """Since 1970 in UTC.

    Raises:
        BadInputError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise BadInputError(f"time {moment.isoformat()} has no time zone; add an offset or Z")
    return (moment - EPOCH) // timedelta(microseconds=1)


def writable(document: Document) -> Document:
    """The same, or where somebody's text has halves of characters, with question marks for them."""
    try:
        document_to_json(document)
    except (UnicodeEncodeError, PydanticSerializationError):
        return _scrubbed(document)
    return document


def body_of(document: object) -> str:
    """The whole document as stored."""
    return document_to_json(document)


def record_of(row: Sequence[Any]) -> PostRecord:
    """A row of `RECORD_SELECT`."""
    _, post, assessment, review = row
    return PostRecord(
        post=document_from_json(Post, post),
        assessment=document_from_json(Assessment, assessment) if assessment else None,
        review=document_from_json(Review, review) if review else None,
    )


def places(count: int) -> str:
    """Placeholders for so many values."""
    return ",".join("?" * count)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


def numbers_of(connection: sqlite3.Connection, post_ids: Sequence[str]) -> dict[str, int]:
    """Row numbers of the known posts among them."""
    sql = f"SELECT id, number FROM posts WHERE id IN ({places(len(post_ids))})"
    return dict(connection.execute(sql, post_ids))


def mark_changed(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Let readers know that these posts changed or went."""
    change = connection.execute("SELECT coalesce(max(change), 0) + 1 FROM changes").fetchone()[0]
    connection.executemany(
        "INSERT OR REPLACE INTO changes (number, change) VALUES (?, ?)",
        [(number, change) for number in numbers],
    )


def _scrubbed(document: Document) -> Document:
    broken = {
        item.name: value.encode("utf-8", "replace").decode()
        for item in fields(document)  # type: ignore[arg-type]
        if type(value := getattr(document, item.name)) is str
    }
    return replace(document, **broken)  # type: ignore[type-var]
