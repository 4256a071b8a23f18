"""A filled embedded store with each of its posts many times over, by SQL: minutes, not hours.

A lookup then meets as many posts under its keys as among that many different ones; copies of the
same message become groups that many times as large. The words for searching are left out.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

_COLUMNS = (
    "source_id, source_kind, platform, language, region, collected, published, text_hash,"
    " term_count, places"
)
_STATEMENTS = (
    f"""INSERT INTO posts (number, id, {_COLUMNS})
        SELECT number + ?1, id || '-' || ?1, {_COLUMNS} FROM posts WHERE number <= ?2""",
    "INSERT INTO post_bodies SELECT number + ?1, body FROM post_bodies WHERE number <= ?2",
    """INSERT INTO copies
        SELECT number + ?1, text_hash, group_id, like_id, similarity, keys, sketch
        FROM copies WHERE number <= ?2""",
)
_KEYS = """
    WITH RECURSIVE times (shift) AS (
        SELECT ?1 UNION ALL SELECT shift + ?1 FROM times WHERE shift < ?1 * (?2 - 1)
    )
    INSERT INTO copy_keys SELECT key, number + shift FROM copy_keys, times ORDER BY 1, 2
"""


def multiply(path: Path, times: int) -> None:
    """Each post with its keys `times` over; nobody else may write meanwhile."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    last = int(connection.execute("SELECT max(number) FROM posts").fetchone()[0])
    for time in range(1, times):
        for statement in _STATEMENTS:
            connection.execute(statement, (time * last, last))
    if times > 1:
        connection.execute(_KEYS, (last, times))
    connection.close()
