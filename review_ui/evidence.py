"""What was seen, as it was kept: one record of a WARC file, with its time and digest."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from indices.errors import BadInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """One kept response."""

    record_id: str
    url: str
    seen_at: str
    """As the record says: ISO 8601 in UTC."""
    digest: str
    content_type: str
    warc: bytes
    """The record alone, as a WARC file of its own, gzip-compressed."""


def find_evidence(directory: Path, evidence: str) -> EvidenceRecord | None:
    """The record that `Post.evidence` names, or None where it is gone.

    Raises:
        BadInputError: the reference names no file of the evidence directory.
    """
    name, _, record_id = evidence.partition("#")
    if not name or name != Path(name).name or name.startswith("."):
        raise BadInputError("the evidence reference names no file of the evidence directory")
    path = directory / name
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_headers.get_header("WARC-Record-ID", "").strip("<>") == record_id:
                    return _read(record, record_id)
    except (ArchiveLoadFailed, EOFError, OSError):
        return None
    return None


def _read(record: object, record_id: str) -> EvidenceRecord:
    headers = record.rec_headers  # type: ignore[attr-defined]  # warcio is untyped
    web = record.http_headers  # type: ignore[attr-defined]
    kept = io.BytesIO()
    facts = {
        "url": headers.get_header("WARC-Target-URI", ""),
        "seen_at": headers.get_header("WARC-Date", ""),
        "digest": headers.get_header("WARC-Payload-Digest", ""),
        "content_type": (web.get_header("Content-Type", "") if web else "") or "",
    }
    WARCWriter(kept, gzip=True).write_record(record)
    return EvidenceRecord(record_id=record_id, warc=kept.getvalue(), **facts)
