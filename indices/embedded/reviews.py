"""Reviews in the embedded store: what the desk decided, version by version."""

from __future__ import annotations

import sqlite3

from indices.codec import document_from_json
from indices.documents import Review
from indices.embedded.connection import Part
from indices.embedded.rows import body_of, mark_changed, writable
from indices.errors import VersionConflictError


class Reviews(Part):
    """The desk's part of the store."""

    def put_review(self, review: Review) -> None:
        """Write a review if its version follows the stored one; the same again is no change."""
        review = writable(review)
        with self._database.writing() as connection:
            number, stored = _current(connection, review.post_id)
            if review == stored:
                return
            version = stored.version if stored else 0
            if review.version != version + 1:
                raise VersionConflictError(
                    f"review of post {review.post_id}: version {version} is stored,"
                    f" {review.version} was sent; read it again, then decide again"
                )
            insert_review(connection, number, review)
            mark_changed(connection, [number])


def insert_review(connection: sqlite3.Connection, number: int, review: Review) -> None:
    """Write or replace the review of the post of that number."""
    connection.execute(
        "INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?)",
        (number, review.version, review.status, review.case_id, body_of(review)),
    )


def _current(connection: sqlite3.Connection, post_id: str) -> tuple[int, Review | None]:
    row = connection.execute(
        "SELECT number, reviews.body FROM posts LEFT JOIN reviews USING (number) WHERE id = ?",
        [post_id],
    ).fetchone()
    if row is None:
        raise VersionConflictError(f"review of post {post_id}: the post is gone; drop the review")
    number, body = row
    return number, document_from_json(Review, body) if body else None
