"""Whether a post's evidence is what was seen: its digest computed again and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indices.evidence.members import Member
from indices.evidence.places import EvidencePlace, parse_place
from indices.evidence.reading import EvidenceLostError, iter_file, parse_record, payload_digest


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
    return next(verdict for _, verdict in iter_verdicts(directory, [("", evidence)]))


def iter_verdicts(
    directory: Path, posts: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, Verdict]]:
    """The same for many posts, each file read once; file by file.

    Args:
        posts: id and `Post.evidence` of each.
    """
    wanted: dict[str, dict[str, list[tuple[str, EvidencePlace]]]] = {}
    for post_id, evidence in posts:
        if not evidence:
            yield post_id, Verdict(Soundness.NONE, "no evidence was kept of this post")
            continue
        place = parse_place(evidence)
        records = wanted.setdefault(place.file_name, {})
        records.setdefault(place.record_id, []).append((post_id, place))
    for file_name, records in wanted.items():
        yield from _judge_file(directory, file_name, records)


def _judge_file(
    directory: Path, file_name: str, wanted: dict[str, list[tuple[str, EvidencePlace]]]
) -> Iterator[tuple[str, Verdict]]:
    loss = f"{file_name} does not hold its record"
    try:
        for member in iter_file(directory, file_name):
            loss = f"a record of {file_name} {member.fault}" if member.fault else loss
            for post_id, place in wanted.pop(member.record_id, ()):
                yield post_id, _judge_member(member, place)
    except EvidenceLostError as error:
        loss = str(error)
    for posts in wanted.values():
        for post_id, _ in posts:
            yield post_id, Verdict(Soundness.LOST, loss)


def _judge_member(member: Member, place: EvidencePlace) -> Verdict:
    try:
        record = parse_record(member)
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
