"""Rows of posts: told apart, written and deleted inside somebody's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indices.codec import document_from_json
from indices.documents import Post, PostRecord
from indices.embedded.assessments import insert_assessments, insert_vectors
from indices.embedded.copies import forget_keys
from indices.embedded.reviews import insert_review
from indices.embedded.rows import body_of, mark_changed, microseconds, places
from indices.embedded.words import PostWords
from indices.store import FloatArray


def sort_out(
    connection: sqlite3.Connection, batch: Sequence[Post]
) -> tuple[list[Post], dict[int, Post]]:
    """New posts, and by number the known ones that differ now."""
    sql = f"""
        SELECT id, number, body FROM posts JOIN post_bodies USING (number)
        WHERE id IN ({places(len(batch))})
    """
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


def insert_posts(
    connection: sqlite3.Connection, posts: Sequence[Post], words: PostWords
) -> dict[str, int]:
    """Numbers by post id, counted on from the highest ever used."""
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'posts'").fetchone()
    first = 1 + (last[0] if last else 0)
    numbers = {post.id: first + place for place, post in enumerate(posts)}
    connection.executemany(
        f"INSERT INTO posts VALUES ({places(12)})",
        [_row(numbers[post.id], post, words) for post in posts],
    )
    connection.executemany(
        "INSERT INTO post_bodies VALUES (?, ?)",
        [(numbers[post.id], body_of(post)) for post in posts],
    )
    words.insert(connection, numbers)
    mark_changed(connection, numbers.values())
    return numbers


def update_posts(
    connection: sqlite3.Connection, changed: Mapping[int, Post], words: PostWords
) -> None:
    """Write posts anew, given by number."""
    connection.executemany(
        "UPDATE posts SET source_id = ?, source_kind = ?, platform = ?, language = ?, region = ?,"
        " collected = ?, published = ?, text_hash = ?, term_count = ?, places = ?"
        " WHERE number = ?",
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
        "\n".join(post.place_codes),
    )


def delete_posts(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """With their words, vectors, assessments and reviews."""
    rows = [(number,) for number in numbers]
    forget_keys(connection, [row[0] for row in rows])
    connection.executemany("DELETE FROM post_words WHERE rowid = ?", rows)
    connection.executemany("DELETE FROM posts WHERE number = ?", rows)  # its parts go with it
    mark_changed(connection, [row[0] for row in rows])


def insert_records(
    connection: sqlite3.Connection,
    records: Sequence[PostRecord],
    vectors: Mapping[str, FloatArray],
    words: PostWords,
) -> None:
    """Posts that are not there, with all their parts."""
    numbers = insert_posts(connection, [record.post for record in records], words)
    assessments = {numbers[r.post.id]: r.assessment for r in records if r.assessment}
    insert_assessments(connection, assessments)
    for record in records:
        if record.review:
            insert_review(connection, numbers[record.post.id], record.review)
    found = {number: vectors[key] for key, number in numbers.items() if key in vectors}
    insert_vectors(connection, found)
