"""The crawl's log: one JSON line for each thing that was refused or failed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from indices.codec import json_line
from indices.errors import LuruskanError

_BYTES = 10_000_000
_FILES = 5


class _Handler(RotatingFileHandler):
    """A line that cannot be written is left out: the counts are in the index all the same."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Say nothing; `logging` would print a traceback for each line."""


class Journal:
    """Writes to `logs/crawl.ndjson` in the data directory; old files go by themselves."""

    def __init__(self, handler: logging.Handler, run_id: str) -> None:
        self._handler = handler
        self._run_id = run_id

    def item(self, source_id: str, item: str, disposition: str, detail: str) -> None:
        """An item that did not end in the record."""
        self._write(source=source_id, item=item[:500], disposition=disposition, detail=detail)

    def source(self, source_id: str, error: str) -> None:
        """A source that could not be read, or not whole."""
        self._write(source=source_id, error=error)

    def _write(self, **fact: str) -> None:
        record = logging.LogRecord("crawl", logging.WARNING, "", 0, "", (), None)
        when = self._formatted_time(record)
        record.msg = json_line({"at": when, "run": self._run_id, **fact})
        self._handler.emit(record)

    def _formatted_time(self, record: logging.LogRecord) -> str:
        return logging.Formatter().formatTime(record, "%Y-%m-%dT%H:%M:%S%z")


@contextmanager
def open_journal(home: Path, run_id: str) -> Iterator[Journal]:
    """The journal of one run, closed at the end."""
    path = home / "logs" / "crawl.ndjson"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Handler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8")
    except OSError as error:
        text = f"{path}: cannot be written ({error.strerror}); make room or check its owner"
        raise LuruskanError(text) from error
    try:
        yield Journal(handler, run_id)
    finally:
        with suppress(OSError):  # a full disk has been said already
            handler.close()
