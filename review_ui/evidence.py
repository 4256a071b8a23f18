"""What was seen, as it was kept: one record of a WARC file, with its time and digest."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from indices.errors import BadInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """One kept response."""

    record_id: str
    url: str
    seen_at: datetime | None
    digest: str
    content_type: str
    warc: bytes
    """The record alone, byte for byte as it was kept."""


def find_evidence(directory: Path, evidence: str) -> EvidenceRecord | None:
    """The record that `Post.evidence` names, or None where it is gone.

    Raises:
        BadInputError: the reference names no file of the evidence directory.
    """
    name, _, record_id = evidence.partition("#")
    if not name or name != Path(name).name or name.startswith("."):
        raise BadInputError("the evidence reference names no file of the evidence directory")
    path = directory / name
    try:
        inside = path.resolve().parent == directory.resolve()
        return _search(path, record_id) if inside and path.is_file() else None
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error):
        return None  # gone, cut off, or not what it says it is


def _search(path: Path, record_id: str) -> EvidenceRecord | None:
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            headers, web = record.rec_headers, record.http_headers
            if headers.get_header("WARC-Record-ID", "").strip("<>") != record_id:
                continue
            records.read_to_end(record)
            stream.seek(records.get_record_offset())
            return EvidenceRecord(
                record_id=record_id,
                url=headers.get_header("WARC-Target-URI", ""),
                seen_at=_read_time(headers.get_header("WARC-Date", "")),
                digest=headers.get_header("WARC-Payload-Digest", ""),
                content_type=(web.get_header("Content-Type", "") if web else "") or "",
                warc=stream.read(records.get_record_length()),
            )
    return None


def _read_time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
