"""Many writes in one request: chunked by size, sent again when the server is busy."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson
from elasticsearch import ApiError, Elasticsearch

from indices.elastic.connection import BUSY, Connection, full_disk, is_full, reason_of
from indices.errors import DimensionMismatchError, StoreError

MAX_BYTES = 4_000_000
MAX_OPERATIONS = 1_000
ATTEMPTS = 8
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 8.0


class Outcome(Enum):
    """What became of one write."""

    DONE = "done"
    CONFLICT = "conflict"
    """Somebody else wrote or deleted it meanwhile: read again."""
    MOVED = "moved"
    """The index is being replaced: look its name up again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One line pair of a bulk request, already JSON."""

    id: str
    lines: bytes


def build_write(action: str, meta: Mapping[str, Any], body: Mapping[str, Any] | None) -> Write:
    """A write of the given action (`index`, `create`, `update`, `delete`).

    Args:
        body: may hold numpy arrays.
    """
    lines = orjson.dumps({action: meta}, option=orjson.OPT_APPEND_NEWLINE)
    if body is not None:
        options = orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY
        lines += orjson.dumps(body, option=options)
    return Write(id=str(meta["_id"]), lines=lines)


def send(connection: Connection, index: str, writes: Sequence[Write]) -> dict[str, Outcome]:
    """Send them all, in order; by id what became of each.

    Raises:
        StoreUnavailableError: the server stayed busy through all attempts, or is away.
        StoreError: it refused a write for good.
    """
    outcomes: dict[str, Outcome] = {}
    for chunk in _chunks(writes):
        outcomes |= _send_chunk(connection, index, chunk)
    return outcomes


def _send_chunk(connection: Connection, index: str, writes: list[Write]) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    waiting = writes
    for pause in pauses(ATTEMPTS):
        with connection.calling() as client:
            items = _post(client, index, waiting)
        busy = []
        for write, item in zip(waiting, items, strict=True):
            outcome = _read(connection, write, item)
            if outcome is None:
                busy.append(write)
            else:
                outcomes[write.id] = outcome
        if not busy:
            return outcomes
        waiting = busy
        time.sleep(pause)
    raise connection.unavailable("busy")


def _post(client: Elasticsearch, index: str, writes: list[Write]) -> list[dict[str, Any]]:
    """The server's answer to each; a request it is too busy for is an answer too."""
    try:
        answer = client.perform_request(
            "POST",
            f"/{index}/_bulk",
            params={"filter_path": "items.*.status,items.*.error"},
            headers={"content-type": "application/x-ndjson", "accept": "application/json"},
            body=b"".join(write.lines for write in writes),
        )
    except ApiError as error:
        if error.meta.status == 429:
            return [{"status": 429, "error": error.body}] * len(writes)
        if error.meta.status == 413 and len(writes) > 1:
            middle = len(writes) // 2
            return _post(client, index, writes[:middle]) + _post(client, index, writes[middle:])
        raise
    return [next(iter(item.values())) for item in answer.body["items"]]


def _read(connection: Connection, write: Write, item: Mapping[str, Any]) -> Outcome | None:
    """What became of one write; None when it should be sent again."""
    status = item["status"]
    if status < 300:
        return Outcome.DONE
    reason = reason_of(item)
    if is_full(reason):
        raise full_disk(connection.address)
    if status in BUSY:
        return None
    if "index_not_found" in reason or "blocked by" in reason:
        return Outcome.MOVED
    if status in {404, 409}:
        return Outcome.CONFLICT
    if "dimension" in reason:
        raise DimensionMismatchError(f"{reason[:200]}; assess again with one encoder")
    raise StoreError(f"Elasticsearch refused {write.id}: {reason[:300]}")


def pauses(attempts: int) -> Iterator[float]:
    """Seconds to wait after each failed attempt: doubling, with chance so that callers spread."""
    pause = FIRST_PAUSE_SECONDS
    for _ in range(attempts):
        yield pause * random.uniform(0.5, 1.0)  # noqa: S311 (spreads load, keeps no secret)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


def _chunks(writes: Sequence[Write]) -> Iterator[list[Write]]:
    chunk: list[Write] = []
    size = 0
    for write in writes:
        if chunk and (size + len(write.lines) > MAX_BYTES or len(chunk) == MAX_OPERATIONS):
            yield chunk
            chunk, size = [], 0
        chunk.append(write)
        size += len(write.lines)
    if chunk:
        yield chunk
