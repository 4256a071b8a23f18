"""What was seen, as it was kept, for the page of a post."""

from __future__ import annotations

from pathlib import Path

from indices.evidence.places import parse_place
from indices.evidence.reading import EvidenceLostError, EvidenceRecord, read_evidence

__all__ = ["EvidenceRecord", "find_evidence"]


def find_evidence(directory: Path, evidence: str) -> EvidenceRecord | None:
    """The record that `Post.evidence` names, or None where it is gone or damaged.

    Raises:
        BadInputError: the reference names no file of the evidence directory.
    """
    place = parse_place(evidence)
    try:
        return read_evidence(directory, place)
    except EvidenceLostError:
        return None
