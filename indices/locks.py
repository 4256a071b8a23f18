"""One at a time: a lock file that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from indices.errors import LuruskanError


class AlreadyRunningError(LuruskanError):
    """Another process does the same work: let it end; a cron job may simply try again."""

    exit_code = 75  # EX_TEMPFAIL


@contextmanager
def exclusive(path: Path, work: str) -> Iterator[None]:
    """Hold the lock file while the block runs.

    Raises:
        AlreadyRunningError: naming the work that is under way.
        LuruskanError: the lock file cannot be made.
    """
    with _opened(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"{work} is already running ({path}); wait until it ends"
            raise AlreadyRunningError(message) from error
        yield


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path.open("a")
    except OSError as error:
        message = f"{path}: {error.strerror}; check the directory, its owner and its disk"
        raise LuruskanError(message) from error
