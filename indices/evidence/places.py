"""Where a post's evidence is kept, as `Post.evidence` says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indices.errors import BadInputError


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """`FILE.warc.gz#RECORD-ID#DIGEST`; the digest is missing in what older versions wrote."""

    file_name: str
    record_id: str
    digest: str = ""


def parse_place(evidence: str) -> EvidencePlace:
    """The place, never outside the evidence directory.

    Raises:
        BadInputError: the reference names no file of the evidence directory.
    """
    name, record_id, digest = [*evidence.split("#", 2), "", ""][:3]
    if not name or name != Path(name).name or name.startswith("."):
        raise BadInputError("the evidence reference names no file of the evidence directory")
    return EvidencePlace(name, record_id, digest)
