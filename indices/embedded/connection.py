"""Connections to the one file: one for each thread, short write transactions, a known version."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from indices.embedded.failures import named_failures
from indices.embedded.migrations import migrate
from indices.errors import StoreUnavailableError

BUSY_SECONDS = 30.0
_CACHE_KIBIBYTES = 32_768


class Database:
    """The file; threads may share it, processes open their own.

    WAL lets readers go on while one process writes. `synchronous=FULL` has every commit reach
    the disk before a write returns: what was acknowledged survives a power cut, and batches keep
    the cost of that small.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        try:
            with named_failures(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)  # posts are personal data; SQLite's own files take it over
                migrate(self.connection(), path, _schema())
        except BaseException:
            self.close()
            raise

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened on first use."""
        if self._closed:
            raise StoreUnavailableError(f"{self.path}: was closed; open the store again")
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._connect()
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file for all that is read inside the block."""
        with named_failures(self.path):
            connection = self.connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of the block is kept, or nothing."""
        with named_failures(self.path):
            connection = self.connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every thread's connection; the last one folds the WAL into the file."""
        self._closed = True
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        with self._lock:
            self._all.append(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what retention deletes is overwritten
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        return connection


class Part:
    """One subject of the store, on the database that all parts share."""

    def __init__(self, database: Database) -> None:
        self._database = database


def _schema() -> str:
    return (files("indices.embedded") / "schema.sql").read_text(encoding="utf-8")
