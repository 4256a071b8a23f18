"""Posts in the embedded store: what crawlers write, and whole records read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from indices.codec import document_from_json
from indices.documents import Post, PostRecord
from indices.embedded.assessments import insert_assessments, insert_vectors
from indices.embedded.connection import Part
from indices.embedded.reviews import insert_review
from indices.embedded.rows import (
    RECORD_SELECT,
    batches,
    body_of,
    mark_changed,
    microseconds,
    numbers_of,
    places,
    record_of,
    writable,
)
from indices.embedded.words import PostWords
from indices.queries import UpsertCounts
from indices.store import FloatArray

if TYPE_CHECKING:
    from indices.jobs import ProgressBar

BATCH = 500
"""Posts in one transaction: short enough that other writers wait a fraction of a second."""


class Posts(Part):
    """The posts' part of the store."""

    def upsert_posts(self, posts: Sequence[Post]) -> UpsertCounts:
        """Add or refresh posts by id; `collected_at` of a known post stays."""
        distinct = {post.id: post for post in map(writable, posts)}
        created = updated = 0
        for batch in batches(distinct.values(), BATCH):
            words = PostWords.of(batch)  # before the transaction, to keep it short
            with self._database.writing() as connection:
                fresh, changed = _sorted_out(connection, batch)
                _insert(connection, fresh, words)
                _update(connection, changed, words)
            created += len(fresh)
            updated += len(changed)
        unchanged = len(distinct) - created - updated
        return UpsertCounts(created=created, updated=updated, unchanged=unchanged)

    def find_record(self, post_id: str) -> PostRecord | None:
        """The post with all that hangs on it."""
        return self.find_records([post_id]).get(post_id)

    def find_records(self, post_ids: Sequence[str]) -> dict[str, PostRecord]:
        """The known ones among them, by id."""
        found: dict[str, PostRecord] = {}
        for batch in batches(dict.fromkeys(post_ids), BATCH):
            sql = f"{RECORD_SELECT} WHERE posts.id IN ({places(len(batch))})"
            with self._database.reading() as connection:
                found |= {row[0]: record_of(row) for row in connection.execute(sql, batch)}
        return found

    def _iter_all_records(self) -> Iterator[PostRecord]:
        """By id, in pages, so that a slow reader never holds back the writer's WAL."""
        sql, last = f"{RECORD_SELECT} WHERE posts.id > ? ORDER BY posts.id LIMIT {BATCH}", ""
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(sql, [last]).fetchall()
            yield from map(record_of, rows)
            if len(rows) < BATCH:
                return
            last = rows[-1][0]

    def delete_posts_before(self, collected_before: datetime, *, keep_cases: bool = True) -> int:
        """Retention: delete posts collected earlier, with their vectors, words and assessments."""
        sql = f"""
            SELECT number FROM posts LEFT JOIN reviews USING (number)
            WHERE collected < ? AND (NOT ? OR coalesce(reviews.case_id, '') = '')
            ORDER BY collected, number LIMIT {BATCH}
        """  # noqa: S608
        deleted = 0
        while True:
            with self._database.writing() as connection:
                rows = connection.execute(sql, [microseconds(collected_before), keep_cases])
                numbers = [row[0] for row in rows]
                _delete(connection, numbers)
            deleted += len(numbers)
            if len(numbers) < BATCH:
                return deleted

    def put_records(
        self, records: Sequence[PostRecord], vectors: Mapping[str, FloatArray] | None = None
    ) -> None:
        """Restore posts with all their parts exactly as given; overwrites."""
        distinct = {record.post.id: record for record in records}
        for batch in batches(distinct.values(), BATCH):
            posts = [writable(record.post) for record in batch]
            words = PostWords.of(posts)
            with self._database.writing() as connection:
                known = numbers_of(connection, [post.id for post in posts])
                _delete(connection, known.values())
                numbers = _insert(connection, posts, words)
                _insert_parts(connection, numbers, batch)
                insert_vectors(
                    connection,
                    {numbers[key]: vectors[key] for key in numbers if key in vectors}
                    if vectors
                    else {},
                )

    def _index_words_again(self, bar: ProgressBar) -> int:
        count, last = 0, 0
        while True:
            with self._database.writing() as connection:
                rows = connection.execute(
                    "SELECT number, body FROM post_bodies WHERE number > ? ORDER BY number LIMIT ?",
                    (last, BATCH),
                ).fetchall()
                posts = {number: document_from_json(Post, body) for number, body in rows}
                _update(connection, posts, PostWords.of(list(posts.values())))
            if not rows:
                return count
            count, last = count + len(rows), rows[-1][0]
            bar.advance(len(rows))


def _sorted_out(
    connection: sqlite3.Connection, batch: Sequence[Post]
) -> tuple[list[Post], dict[int, Post]]:
    """New posts, and by number the known ones that differ now."""
    sql = f"""
        SELECT id, number, body FROM posts JOIN post_bodies USING (number)
        WHERE id IN ({places(len(batch))})
    """  # noqa: S608
    rows = connection.execute(sql, [post.id for post in batch])
    known = {post_id: (number, body) for post_id, number, body in rows}
    changed: dict[int, Post] = {}
    for post in batch:
        if post.id in known:
            number, body = known[post.id]
            stored = document_from_json(Post, body)
            kept = replace(post, collected_at=stored.collected_at)
            if kept != stored:
                changed[number] = kept
    return [post for post in batch if post.id not in known], changed


def _insert(
    connection: sqlite3.Connection, posts: Sequence[Post], words: PostWords
) -> dict[str, int]:
    """Numbers by post id, counted on from the highest ever used."""
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'posts'").fetchone()
    first = 1 + (last[0] if last else 0)
    numbers = {post.id: first + place for place, post in enumerate(posts)}
    connection.executemany(
        f"INSERT INTO posts VALUES ({places(11)})",  # noqa: S608
        [_row(numbers[post.id], post, words) for post in posts],
    )
    connection.executemany(
        "INSERT INTO post_bodies VALUES (?, ?)",
        [(numbers[post.id], body_of(post)) for post in posts],
    )
    words.insert(connection, numbers)
    mark_changed(connection, numbers.values())
    return numbers


def _update(connection: sqlite3.Connection, changed: Mapping[int, Post], words: PostWords) -> None:
    connection.executemany(
        "UPDATE posts SET source_id = ?, source_kind = ?, platform = ?, language = ?, region = ?,"
        " collected = ?, published = ?, text_hash = ?, term_count = ? WHERE number = ?",
        [(*_row(number, post, words)[2:], number) for number, post in changed.items()],
    )
    connection.executemany(
        "UPDATE post_bodies SET body = ? WHERE number = ?",
        [(body_of(post), number) for number, post in changed.items()],
    )
    words.replace(connection, {post.id: number for number, post in changed.items()})
    mark_changed(connection, changed)


def _row(number: int, post: Post, words: PostWords) -> tuple[object, ...]:
    return (
        number,
        post.id,
        post.source_id,
        post.source_kind,
        post.platform,
        post.language,
        post.region,
        microseconds(post.collected_at),
        None if post.published_at is None else microseconds(post.published_at),
        post.text_hash,
        words.term_count(post.id),
    )


def _delete(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    rows = [(number,) for number in numbers]
    connection.executemany("DELETE FROM post_words WHERE rowid = ?", rows)
    connection.executemany("DELETE FROM posts WHERE number = ?", rows)  # its parts go with it
    mark_changed(connection, [row[0] for row in rows])


def _insert_parts(
    connection: sqlite3.Connection, numbers: Mapping[str, int], records: Sequence[PostRecord]
) -> None:
    assessments = [record.assessment for record in records if record.assessment]
    insert_assessments(connection, {numbers[item.post_id]: item for item in assessments})
    for record in records:
        if record.review:
            insert_review(connection, numbers[record.post.id], record.review)
