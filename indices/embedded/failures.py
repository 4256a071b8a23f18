"""What SQLite and the disk say, as the errors that the rest of the program knows."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indices.errors import BadInputError, StoreError, StoreFullError, StoreUnavailableError

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY}


@contextmanager
def named_failures(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the file system inside the block become store errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise _store_error(path, error) from error
    except UnicodeEncodeError as error:
        raise BadInputError("text holds half a character (a lone surrogate); send UTF-8") from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise _full(path) from error
        raise StoreError(f"{path}: {error.strerror}; check the directory and its owner") from error


def _store_error(path: Path, error: sqlite3.Error) -> StoreError:
    extended: int = getattr(error, "sqlite_errorcode", 0) or 0
    primary = extended & 0xFF
    if primary == sqlite3.SQLITE_FULL or extended in _FULL:
        return _full(path)
    if primary in _AWAY:
        return StoreUnavailableError(
            f"{path}: another process has been writing for too long; try again later"
        )
    if primary in _BROKEN:
        return StoreError(
            f"{path}: is damaged or no Luruskan index ({error});"
            " move it away, then restore a backup or `luruskan import` an export"
        )
    if primary in _CLOSED:
        return StoreError(f"{path}: cannot be opened or written; check its owner and permissions")
    return StoreError(f"{path}: {error}; `luruskan doctor` says more")


def _full(path: Path) -> StoreFullError:
    return StoreFullError(f"{path}: the disk or its quota is full; make room, then run again")
