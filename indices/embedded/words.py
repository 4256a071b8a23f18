"""Words of posts: written as analysed terms, found again by full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indices.documents import Post
from indices.text import terms


@dataclass(frozen=True, slots=True)
class PostWords:
    """Analysed titles and texts of a batch, by post id."""

    titles: Mapping[str, str]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, posts: Sequence[Post]) -> PostWords:
        """Analyse a batch."""
        return cls(
            {post.id: " ".join(terms(post.title)) for post in posts},
            {post.id: " ".join(terms(post.text)) for post in posts},
        )

    def term_count(self, post_id: str) -> int:
        """How long the post is, in terms."""
        return sum(len(part[post_id].split()) for part in (self.titles, self.texts))

    def insert(self, connection: sqlite3.Connection, numbers: Mapping[str, int]) -> None:
        """Index new posts, given by id and number."""
        connection.executemany(
            "INSERT INTO post_words (rowid, title, text) VALUES (?, ?, ?)",
            [(number, self.titles[key], self.texts[key]) for key, number in numbers.items()],
        )

    def replace(self, connection: sqlite3.Connection, numbers: Mapping[str, int]) -> None:
        """Index known posts again, or those that lost their words."""
        connection.executemany(
            "INSERT OR REPLACE INTO post_words (rowid, title, text) VALUES (?, ?, ?)",
            [(number, self.titles[key], self.texts[key]) for key, number in numbers.items()],
        )


def forget_deleted_words(connection: sqlite3.Connection) -> None:
    """Full-text search only marks what is deleted; merging its parts lets the words really go."""
    connection.execute("INSERT INTO post_words (post_words) VALUES ('optimize')")
