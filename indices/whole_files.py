"""Files that are there whole or not at all, whatever stops the writing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PRIVATE = 0o600
READABLE = 0o644


@contextmanager
def whole_file(path: Path, mode: int = READABLE) -> Iterator[IO[bytes]]:
    """A stream to write to; only when its block ends well does it take the path's place.

    Args:
        mode: who may read it, before the process's own mask.

    Raises:
        OSError: it cannot be written; what was at the path is as before.
    """
    with unfinished_file(path, mode) as (partial, stream):
        yield stream
        finish(stream)
        partial.replace(path)


@contextmanager
def unfinished_file(path: Path, mode: int = READABLE) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file beside the path, removed at the end if it is still there."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with suppress(FileNotFoundError):
            partial.unlink()
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as stream:
            yield partial, stream
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def finish(stream: IO[bytes]) -> None:
    """Wait until what was written is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())
