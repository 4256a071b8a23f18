"""What copies and claims have in common: posts that wait for a group, and how large groups are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indices.codec import document_from_json
from indices.documents import Post
from indices.embedded.connection import Database
from indices.embedded.rows import batches, places

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


def iter_waiting(database: Database, page: str, limit: int | None) -> Iterator[Post]:
    """All pages of `waiting`; the posts of one may be grouped before the next is read."""
    position, left = _BEFORE_ALL, limit
    while left is None or left > 0:
        with database.reading() as connection:
            rows = connection.execute(page, position).fetchall()
        for _, _, body in rows[:left]:
            yield document_from_json(Post, body)
        if len(rows) < BATCH:
            return
        position = rows[-1][:2]
        left = None if left is None else left - BATCH


def count_posts(database: Database, table: str, group_ids: Sequence[str]) -> dict[str, int]:
    """How many posts each of the groups has in a table with a `group_id`."""
    counts: dict[str, int] = {}
    for batch in batches(dict.fromkeys(group_ids), BATCH):
        sql = f"""
            SELECT group_id, count(*) FROM {table}
            WHERE group_id IN ({places(len(batch))}) GROUP BY group_id
        """
        with database.reading() as connection:
            counts |= dict(connection.execute(sql, batch).fetchall())
    return counts
