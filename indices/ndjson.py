"""Lines of JSON from untrusted files: bounded, numbered, one object each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Never

from indices.errors import BadInputError

MAX_LINE_BYTES = 64 * 1024 * 1024
_SKIP_BYTES = 1024 * 1024


def iter_lines(stream: IO[bytes], max_bytes: int = MAX_LINE_BYTES) -> Iterator[bytes | None]:
    """Line by line without the line end; None for a line that is longer than `max_bytes`."""
    while line := stream.readline(max_bytes + 1):
        if len(line) > max_bytes and not line.endswith(b"\n"):
            _skip_rest(stream)
            yield None
        else:
            yield line.rstrip(b"\r\n")


def parse_object(line: bytes) -> dict[str, Any]:
    """The JSON object of one line.

    Raises:
        BadInputError: saying what was expected.
    """
    try:
        values = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise BadInputError("is not UTF-8; expected one JSON object") from error
    except (ValueError, RecursionError) as error:
        raise BadInputError("is not JSON; expected one JSON object") from error
    if b"\\ud" in line.lower() and not _is_whole(values):
        raise BadInputError("holds half a character (a lone surrogate); expected whole ones")
    if not isinstance(values, dict):
        raise BadInputError(f"is a JSON {type(values).__name__}; expected an object")
    return values


def _skip_rest(stream: IO[bytes]) -> None:
    while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
        pass


def _is_whole(values: object) -> bool:
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)  # NaN and Infinity are no JSON
