"""The gzip members of a WARC file, one a record, byte for byte; a damaged one hides no other."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 65_536
_LARGEST_RECORD = 256_000_000
_ID = re.compile(rb"^WARC-Record-ID:\s*<?([^>\r\n]+)>?", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^WARC-Type:\s*(\w+)", re.IGNORECASE | re.MULTILINE)
_TARGET = re.compile(rb"^WARC-Target-URI:\s*<?([^>\r\n]+)>?", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Member:
    """One record as it lies in its file."""

    raw: bytes
    """As compressed."""
    record: bytes
    """Unpacked; empty where it cannot be."""
    fault: str = ""
    """Why it cannot be unpacked."""

    @property
    def head(self) -> bytes:
        """The record's own header lines."""
        return self.record.partition(b"\r\n\r\n")[0]

    @property
    def record_id(self) -> str:
        """Without brackets; empty where there is none."""
        return _word(_ID, self.head)

    @property
    def kind(self) -> str:
        """`warcinfo`, `response` or `resource`."""
        return _word(_TYPE, self.head)

    @property
    def target(self) -> str:
        """The address that was fetched, or the file's row."""
        return _word(_TARGET, self.head)


def iter_members(path: Path) -> Iterator[Member]:
    """All of a file in order; between two that are whole, what cannot be unpacked is one more."""
    if not path.stat().st_size:
        return
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        yield from _iter_content(content)


def _iter_content(content: mmap.mmap) -> Iterator[Member]:
    place = 0
    while place < len(content):
        record, end, fault = _unpack(content, place)
        if fault:
            following = content.find(_MAGIC, place + 1)
            while following != -1 and _unpack(content, following)[2]:
                following = content.find(_MAGIC, following + 1)
            end = len(content) if following == -1 else following
        yield Member(content[place:end], record, fault)
        place = end


def _unpack(content: mmap.mmap, start: int) -> tuple[bytes, int, str]:
    """Record, where the next one starts, and why it cannot be unpacked."""
    unpacking = zlib.decompressobj(31)
    pieces, size, place = [], 0, start
    try:
        while not unpacking.eof:
            chunk = content[place : place + _CHUNK]
            if not chunk:
                return b"", len(content), "is cut off"
            pieces.append(unpacking.decompress(chunk, _LARGEST_RECORD))
            place, size = place + len(chunk), size + len(pieces[-1])
            if size > _LARGEST_RECORD or unpacking.unconsumed_tail:
                return b"", place, "is larger than any response that is kept"
    except zlib.error:
        return b"", place, "is damaged"
    return b"".join(pieces), place - len(unpacking.unused_data), ""


def _word(pattern: re.Pattern[bytes], head: bytes) -> str:
    found = pattern.search(head)
    return found[1].decode("utf-8", "replace").strip() if found else ""
