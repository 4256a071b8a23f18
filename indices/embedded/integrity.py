"""Whether the file is whole: SQLite's own check, and that every part has its post and words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from indices.embedded.connection import Database
from indices.errors import LuruskanError

_SHOWN = 5


def find_damage(path: Path) -> list[str]:
    """One line for each fault, at most a few; an empty list means that the file is whole."""
    try:
        database = Database(path)
    except LuruskanError as error:
        return [str(error)]
    try:
        with database.reading() as connection:
            return [*_file_faults(connection), *_index_faults(connection)][:_SHOWN]
    except LuruskanError as error:
        return [str(error)]
    finally:
        database.close()


def _file_faults(connection: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_SHOWN})")]
    faults = [] if found == ["ok"] else found
    orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN)
    return faults + [f"{table}: row {row} belongs to no post" for table, row, *_ in orphans]


def _index_faults(connection: sqlite3.Connection) -> list[str]:
    posts = connection.execute("SELECT count(*) FROM posts").fetchone()[0]
    sql = "SELECT count(*) FROM posts JOIN post_words ON post_words.rowid = posts.number"
    joined = connection.execute(sql).fetchone()[0]
    words = connection.execute("SELECT count(*) FROM post_words").fetchone()[0]
    if posts == joined == words:
        return []
    return [f"{posts} posts, but {words} in the word index; run `luruskan reindex`"]
