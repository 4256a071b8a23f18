"""What was seen, as it was kept: one record of a WARC file, with its time and digest."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from indices.evidence.members import Member, iter_members
from indices.evidence.places import EvidencePlace


class EvidenceLostError(Exception):
    """The record cannot be given; the message says what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """One kept response, or one row of a file."""

    record_id: str
    url: str
    seen_at: datetime | None
    digest: str
    """As the record itself says it."""
    content_type: str
    status: str
    """Of the HTTP response; empty for a row of a file."""
    payload: bytes
    is_whole: bool
    """The payload is as long as the record says."""
    warc: bytes
    """The record alone, byte for byte as it was kept."""

    @property
    def sha256(self) -> str:
        """Of the payload as it is now, hexadecimal."""
        return hashlib.sha256(self.payload).hexdigest()


def read_evidence(directory: Path, place: EvidencePlace) -> EvidenceRecord:
    """The record that a place names.

    Raises:
        EvidenceLostError: file or record is missing, cut off or damaged.
    """
    faults = []
    for member in iter_file(directory, place.file_name):
        if member.record_id == place.record_id:
            return parse_record(member)
        faults += [member.fault] if member.fault else []
    if faults:
        raise EvidenceLostError(f"a record of {place.file_name} {faults[-1]}")
    raise EvidenceLostError(f"{place.file_name} holds no record {place.record_id}")


def iter_file(directory: Path, file_name: str) -> Iterator[Member]:
    """The members of a file of the evidence directory.

    Raises:
        EvidenceLostError: it is missing, or cannot be read.
    """
    path = directory / file_name
    try:
        if path.resolve().parent != directory.resolve() or not path.is_file():
            raise EvidenceLostError(f"file {file_name} is missing")
        yield from iter_members(path)
    except OSError as error:
        raise EvidenceLostError(f"file {file_name} cannot be read ({error.strerror})") from error


def payload_digest(payload: bytes) -> str:
    """SHA-256 in the WARC way: base 32 with its algorithm's name."""
    return f"sha256:{base64.b32encode(hashlib.sha256(payload).digest()).decode()}"


def parse_record(member: Member) -> EvidenceRecord:
    """What a member holds.

    Raises:
        EvidenceLostError: it is no WARC record.
    """
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(member.record))))
        headers, web = record.rec_headers, record.http_headers
        payload = record.raw_stream.read()
        length = int(headers.get_header("Content-Length", "0"))
        block = member.record.partition(b"\r\n\r\n")[2]
    except (ArchiveLoadFailed, StopIteration, ValueError, EOFError) as error:
        raise EvidenceLostError(f"the record is no WARC record ({error})") from error
    return EvidenceRecord(
        record_id=member.record_id,
        url=headers.get_header("WARC-Target-URI", ""),
        seen_at=_read_time(headers.get_header("WARC-Date", "")),
        digest=headers.get_header("WARC-Payload-Digest", ""),
        content_type=(web or headers).get_header("Content-Type", "") or "",
        status=web.get_statuscode() if web else "",
        payload=payload,
        is_whole=len(block) >= length,
        warc=member.raw,
    )


def _read_time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
