"""From an empty file or an older version to this one, step by step, each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from indices.errors import StoreError, StoreVersionError

APPLICATION_ID = 0x4C757275  # "Luru": tells this file from other SQLite files
Step = Callable[[sqlite3.Connection], None]


def _add_copies(connection: sqlite3.Connection) -> None:
    connection.execute("""
        CREATE TABLE copies (
            number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
            text_hash TEXT NOT NULL,
            group_id TEXT NOT NULL,
            like_id TEXT NOT NULL,
            similarity REAL NOT NULL,
            keys BLOB NOT NULL
        ) STRICT
    """)
    connection.execute("CREATE INDEX copies_group ON copies (group_id, number)")
    connection.execute("""
        CREATE TABLE copy_keys (
            key INTEGER NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (key, number)
        ) STRICT, WITHOUT ROWID
    """)


def _add_places(connection: sqlite3.Connection) -> None:
    """Posts of older versions name none yet; `luruskan places apply` looks for them."""
    connection.execute("ALTER TABLE posts ADD COLUMN places TEXT NOT NULL DEFAULT ''")


def _add_sketches(connection: sqlite3.Connection) -> None:
    """Copies of older versions have none, and are compared by their texts as before."""
    connection.execute("ALTER TABLE copies ADD COLUMN sketch BLOB NOT NULL DEFAULT x''")


def _add_claim_groups(connection: sqlite3.Connection) -> None:
    """Posts of older versions are in no group; the next `luruskan assess` places them."""
    connection.execute("""
        CREATE TABLE group_members (
            number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
            text_hash TEXT NOT NULL,
            group_id TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT
    """)
    connection.execute("CREATE INDEX group_members_group ON group_members (group_id, number)")
    connection.execute("""
        CREATE TABLE group_rulings (
            id TEXT PRIMARY KEY,
            ruled INTEGER NOT NULL,
            body TEXT NOT NULL
        ) STRICT
    """)
    connection.execute("""
        CREATE TABLE group_changes (
            id TEXT PRIMARY KEY,
            changed INTEGER NOT NULL,
            from_group TEXT NOT NULL,
            to_group TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT
    """)
    connection.execute("CREATE INDEX group_changes_from ON group_changes (from_group)")
    connection.execute("CREATE INDEX group_changes_to ON group_changes (to_group)")


STEPS: tuple[Step, ...] = (_add_copies, _add_places, _add_sketches, _add_claim_groups)
"""STEPS[0] leads from version 1 to 2, and so on; schema.sql always is the newest version."""


def migrate(connection: sqlite3.Connection, path: Path, schema: str) -> None:
    """Bring the file to this version.

    Raises:
        StoreVersionError: a newer program wrote it.
        StoreError: another program's file.
    """
    newest = 1 + len(STEPS)
    if _version(connection) == newest and _application(connection) == APPLICATION_ID:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _bring_up(connection, path, schema, newest)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _bring_up(connection: sqlite3.Connection, path: Path, schema: str, newest: int) -> None:
    version = _version(connection)  # read again: another process may have been faster
    if version == 0 and _is_empty(connection):
        for statement in _statements(schema):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    elif _application(connection) != APPLICATION_ID:
        raise StoreError(f"{path}: belongs to another program; choose another --home")
    elif version > newest:
        raise StoreVersionError(
            f"{path}: was written by a newer version (format {version}, this program knows"
            f" {newest}); upgrade Luruskan"
        )
    else:
        for step in STEPS[version - 1 :]:
            step(connection)
    connection.execute(f"PRAGMA user_version = {newest}")


def _statements(schema: str) -> list[str]:
    """One by one, since `executescript` would commit the transaction that it runs in."""
    statements, pending = [], ""
    for line in schema.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _application(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])
