"""Posts that wait for a job: to be assessed, compared or placed in a group."""

from __future__ import annotations

from collections.abc import Iterator

from indices.codec import document_from_json
from indices.documents import Post
from indices.embedded.connection import Database

BATCH = 500
_BEFORE_ALL = (-(2**63), 0)


def waiting(joins: str, condition: str) -> str:
    """A page of the posts that meet a condition, after a time and a number; oldest first."""
    return f"""
        SELECT posts.collected, posts.number, post_bodies.body
        FROM posts JOIN post_bodies USING (number) {joins}
        WHERE {condition} AND (posts.collected, posts.number) > (?, ?)
        ORDER BY posts.collected, posts.number LIMIT {BATCH}
    """


def iter_waiting(database: Database, page: str, limit: int | None, *given: str) -> Iterator[Post]:
    """All pages of `waiting`; the posts of one may be done before the next is read.

    Args:
        given: what the condition has placeholders for.
    """
    position, left = _BEFORE_ALL, limit
    while left is None or left > 0:
        with database.reading() as connection:
            rows = connection.execute(page, (*given, *position)).fetchall()
        for _, _, body in rows[:left]:
            yield document_from_json(Post, body)
        if len(rows) < BATCH:
            return
        position = rows[-1][:2]
        left = None if left is None else left - BATCH
