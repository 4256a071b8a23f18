"""Whether a post's evidence is what was seen: its digest computed again and compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indices.evidence.places import parse_place
from indices.evidence.reading import EvidenceLostError, payload_digest, read_evidence


class Soundness(StrEnum):
    """How evidence is."""

    WHOLE = "whole"
    CHANGED = "changed"
    LOST = "lost"
    NONE = "none"
    """The post never had any."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found."""

    soundness: Soundness
    detail: str


def verify(directory: Path, evidence: str) -> Verdict:
    """Compare the payload with the digest beside it, and with the one kept in the index."""
    if not evidence:
        return Verdict(Soundness.NONE, "no evidence was kept of this post")
    place = parse_place(evidence)
    try:
        record = read_evidence(directory, place)
    except EvidenceLostError as error:
        return Verdict(Soundness.LOST, str(error))
    if not record.is_whole:
        return Verdict(Soundness.LOST, "the record is shorter than it says")
    now = payload_digest(record.payload)
    if now != record.digest:
        return Verdict(Soundness.CHANGED, f"the payload is {now}, its record says {record.digest}")
    if place.digest and now != place.digest:
        return Verdict(Soundness.CHANGED, f"the payload is {now}, the index says {place.digest}")
    known = "record and index" if place.digest else "its record (the index keeps no digest of it)"
    return Verdict(Soundness.WHOLE, f"the payload agrees with {known}: sha256 {record.sha256}")
