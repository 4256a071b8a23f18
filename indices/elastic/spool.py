"""Writes that wait on disk while the server is away, in order, whatever happens to this process.

One line of JSON per write, appended and synced under a lock that all processes share. A line that
was cut off by a crash is no write: it is put aside and reported, as is a write that the server
refuses for good. Replaying the same line twice does no harm, so a crash in between is safe too.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

import structlog

from indices.elastic.spooled_write import SpooledWrite, read_write, write_line
from indices.errors import LuruskanError, StoreFullError, StoreUnavailableError

MAX_BYTES = 512_000_000
_COUNT = re.compile(rb'^\{"count":(\d{1,9}),')
_log = structlog.get_logger(__name__)

Apply = Callable[[SpooledWrite], None]


class Spool:
    """The writes that one installation owes to its server."""

    def __init__(self, directory: Path, name: str, max_bytes: int = MAX_BYTES) -> None:
        self.path = directory / f"{name}.ndjson"
        self.rejected_path = directory / f"{name}.rejected.ndjson"
        self._lock_path = directory / f"{name}.lock"
        self._max_bytes = max_bytes

    def is_empty(self) -> bool:
        """Whether nothing waits; cheap enough to ask before every write."""
        try:
            return self.path.stat().st_size == 0
        except FileNotFoundError:
            return True

    def count(self) -> int:
        """How many documents wait."""
        if self.is_empty():
            return 0
        with self.path.open("rb") as lines:
            return sum(int(found[1]) for line in lines if (found := _COUNT.match(line)))

    def count_rejected(self) -> int:
        """How many lines were put aside."""
        if not self.rejected_path.exists():
            return 0
        with self.rejected_path.open("rb") as lines:
            return sum(1 for _ in lines)

    def append(self, write: SpooledWrite) -> None:
        """Add a write; when this returns, it is on the disk.

        Raises:
            StoreUnavailableError: the spool is full.
            StoreFullError: the disk is full; nothing was kept of this write.
        """
        line = write_line(write)
        with self._locked(), self.path.open("ab", buffering=0) as file:
            self._heal(file)
            end = file.tell()
            if end + len(line) > self._max_bytes:
                raise StoreUnavailableError(
                    f"the server is away and {self.path} is full ({self._max_bytes} bytes);"
                    " start Elasticsearch, then run luruskan doctor"
                )
            self._write_whole(file, line, end)

    def replay(self, apply: Apply) -> int:
        """Do all waiting writes in order and forget each when it is done.

        Args:
            apply: raises StoreUnavailableError while the server is away, which ends the replay
                with what is left still waiting; any other error puts the write aside.

        Returns:
            How many writes were done.
        """
        if self.is_empty():
            return 0
        with self._locked():
            return self._replay(apply)

    def _replay(self, apply: Apply) -> int:
        if self.is_empty():
            return 0
        done, rest = 0, 0
        try:
            with self.path.open("rb") as lines:
                for line in lines:
                    done += self._replay_line(line, apply)
                    rest += len(line)
        finally:
            self._keep_from(rest)
        return done

    def _replay_line(self, line: bytes, apply: Apply) -> bool:
        try:
            apply(read_write(line))
        except StoreUnavailableError:
            raise
        except LuruskanError as error:
            self._reject(line, str(error))
            return False
        return True

    def _keep_from(self, offset: int) -> None:
        """Forget what was replayed: the rest takes the file's place in one step."""
        if offset == 0:
            return
        rest = self.path.with_suffix(".rest")
        with self.path.open("rb") as old, rest.open("wb") as new:
            old.seek(offset)
            while block := old.read(1 << 20):
                new.write(block)
            new.flush()
            os.fsync(new.fileno())
        rest.replace(self.path)
        self._sync_directory()

    def _reject(self, line: bytes, reason: str) -> None:
        with self.rejected_path.open("ab") as rejected:
            rejected.write(line.rstrip(b"\n") + b"\n")
        _log.warning("spooled write put aside", reason=reason, file=str(self.rejected_path))

    def _heal(self, file: FileIO) -> None:
        """Put a cut-off last line aside, so that the next one starts on its own."""
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            return
        with self.path.open("rb") as written:
            written.seek(-1, os.SEEK_END)
            if written.read(1) == b"\n":
                return
            written.seek(0)
            whole = written.read().rpartition(b"\n")
        self._reject(whole[2], "cut off by a crash")
        file.truncate(len(whole[0]) + len(whole[1]))
        file.seek(0, os.SEEK_END)

    def _write_whole(self, file: FileIO, line: bytes, end: int) -> None:
        try:
            while line:
                line = line[file.write(line) :]
            os.fsync(file.fileno())
        except OSError as error:
            with suppress(OSError):  # the next append puts a torn line aside as well
                file.truncate(end)
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StoreFullError(f"{self.path}: the disk is full; make room") from error
            raise
        if end == 0:
            self._sync_directory()

    def _sync_directory(self) -> None:
        descriptor = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock_path.open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
