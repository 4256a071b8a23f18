"""Posts in the embedded store: what crawlers write, and whole records read back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from indices.codec import document_from_json
from indices.documents import Post, PostRecord, SourceKind
from indices.embedded.connection import Part
from indices.embedded.post_rows import (
    delete_posts,
    insert_posts,
    insert_records,
    sort_out,
    update_posts,
)
from indices.embedded.rows import (
    RECORD_SELECT,
    batches,
    microseconds,
    numbers_of,
    places,
    record_of,
    writable,
)
from indices.embedded.words import PostWords, forget_deleted_words
from indices.queries import UpsertCounts
from indices.store import FloatArray

if TYPE_CHECKING:
    from indices.progress import ProgressBar

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
                fresh, changed = sort_out(connection, batch)
                insert_posts(connection, fresh, words)
                update_posts(connection, changed, words)
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

    def delete_posts_before(
        self,
        collected_before: datetime,
        *,
        keep_cases: bool = True,
        source_kinds: Collection[SourceKind] = (),
    ) -> int:
        """Retention: delete posts collected earlier, with their vectors, words and assessments."""
        kinds = [str(kind) for kind in source_kinds or SourceKind]
        sql = f"""
            SELECT number FROM posts LEFT JOIN reviews USING (number)
            WHERE collected < ? AND (NOT ? OR coalesce(reviews.case_id, '') = '')
            AND source_kind IN ({places(len(kinds))})
            ORDER BY collected, number LIMIT {BATCH}
        """
        deleted = 0
        while True:
            with self._database.writing() as connection:
                given = [microseconds(collected_before), keep_cases, *kinds]
                rows = connection.execute(sql, given)
                numbers = [row[0] for row in rows]
                delete_posts(connection, numbers)
            deleted += len(numbers)
            if len(numbers) < BATCH:
                break
        if deleted:
            with self._database.writing() as connection:
                forget_deleted_words(connection)
        return deleted

    def put_records(
        self, records: Sequence[PostRecord], vectors: Mapping[str, FloatArray] | None = None
    ) -> None:
        """Restore posts with all their parts exactly as given; overwrites."""
        distinct = {record.post.id: record for record in map(_writable, records)}
        for batch in batches(distinct.values(), BATCH):
            words = PostWords.of([record.post for record in batch])
            with self._database.writing() as connection:
                known = numbers_of(connection, [record.post.id for record in batch])
                delete_posts(connection, known.values())
                insert_records(connection, batch, vectors or {}, words)

    def _index_words_again(self, bar: ProgressBar) -> int:
        count, last = 0, 0
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM post_words WHERE rowid NOT IN (SELECT number FROM posts)"
            )
        while True:
            with self._database.writing() as connection:
                rows = connection.execute(
                    "SELECT number, body FROM post_bodies WHERE number > ? ORDER BY number LIMIT ?",
                    (last, BATCH),
                ).fetchall()
                posts = {number: document_from_json(Post, body) for number, body in rows}
                update_posts(connection, posts, PostWords.of(list(posts.values())))
            if not rows:
                return count
            count, last = count + len(rows), rows[-1][0]
            bar.advance(len(rows))


def _writable(record: PostRecord) -> PostRecord:
    return replace(
        record,
        post=writable(record.post),
        assessment=record.assessment and writable(record.assessment),
        review=record.review and writable(record.review),
    )
