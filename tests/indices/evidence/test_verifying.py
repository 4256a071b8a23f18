"""Evidence that was changed, cut, lost or never kept is told apart from evidence that is whole."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from indices.errors import BadInputError
from indices.evidence.exporting import export_evidence
from indices.evidence.members import iter_members
from indices.evidence.places import parse_place
from indices.evidence.reading import payload_digest, read_evidence
from indices.evidence.verifying import Soundness, verify
from tests.factories import NOW, a_post
from tests.indices.evidence.records import write_evidence

BODIES = (b"<p>satu</p>", b"<p>dua</p>", b"<p>tiga</p>")


@pytest.fixture
def kept(tmp_path: Path) -> list[str]:
    return write_evidence(tmp_path / "a.warc.gz", *BODIES)


def test_what_is_whole_is_read_back_and_agrees(tmp_path: Path, kept: list[str]) -> None:
    record = read_evidence(tmp_path, parse_place(kept[1]))
    assert (record.payload, record.status, record.content_type) == (BODIES[1], "200", "text/html")
    assert str(record.seen_at) == "2026-11-16 03:30:00+00:00"
    verdict = verify(tmp_path, kept[1])
    assert verdict.soundness is Soundness.WHOLE
    assert record.sha256 in verdict.detail


def test_an_older_reference_without_a_digest_is_checked_against_its_record(
    tmp_path: Path, kept: list[str]
) -> None:
    assert verify(tmp_path, kept[0].rpartition("#")[0]).soundness is Soundness.WHOLE


def test_a_changed_payload_is_told_even_where_file_and_digest_were_made_to_agree(
    tmp_path: Path, kept: list[str]
) -> None:
    path = tmp_path / "a.warc.gz"
    record = list(iter_members(path))[2].record
    forged = record.replace(b"dua", b"DUA")
    _replace_member(path, 2, forged)
    assert verify(tmp_path, kept[1]).soundness is Soundness.CHANGED
    digest = payload_digest(BODIES[1]).encode()
    agreeing = forged.replace(digest, payload_digest(b"<p>DUA</p>").encode())
    _replace_member(path, 2, agreeing)
    verdict = verify(tmp_path, kept[1])
    assert verdict.soundness is Soundness.CHANGED
    assert "the index says" in verdict.detail


def test_a_missing_file_record_or_evidence_is_said(tmp_path: Path, kept: list[str]) -> None:
    gone = kept[0].replace("a.warc.gz", "b.warc.gz")
    assert verify(tmp_path, gone).detail == "file b.warc.gz is missing"
    other = kept[0].replace("urn:uuid:", "urn:uuid:0")
    assert "does not hold its record" in verify(tmp_path, other).detail
    assert verify(tmp_path, "").soundness is Soundness.NONE
    (tmp_path / "a.warc.gz").write_bytes(b"")
    assert verify(tmp_path, kept[0]).soundness is Soundness.LOST


@pytest.mark.parametrize("evidence", ["../a.warc.gz#x", ".a#x", "#x", "a/b#x", "/etc/passwd#x"])
def test_a_reference_never_leads_out_of_the_directory(tmp_path: Path, evidence: str) -> None:
    with pytest.raises(BadInputError, match="no file of the evidence directory"):
        verify(tmp_path, evidence)


def test_a_file_that_is_cut_anywhere_loses_the_end_and_keeps_the_rest(
    tmp_path: Path, kept: list[str]
) -> None:
    path = tmp_path / "a.warc.gz"
    content = path.read_bytes()
    ends = _member_ends(path)
    for cut in range(0, len(content), 7):
        path.write_bytes(content[:cut])
        for number, evidence in enumerate(kept, start=1):
            whole = cut >= ends[number]
            assert (verify(tmp_path, evidence).soundness is Soundness.WHOLE) == whole


def test_no_flipped_byte_passes_as_what_was_seen_and_other_records_stay_readable(
    tmp_path: Path, kept: list[str]
) -> None:
    path = tmp_path / "a.warc.gz"
    content = path.read_bytes()
    ends, original = _member_ends(path), list(iter_members(path))[2].record
    chance = random.Random(7)
    for place in sorted(chance.sample(range(ends[1], ends[2]), 150)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        if verify(tmp_path, kept[1]).soundness is Soundness.WHOLE:
            # a bit of gzip's own header or padding: what it holds is what it held
            assert list(iter_members(path))[2].record == original
        for other in (kept[0], kept[2]):
            assert verify(tmp_path, other).soundness is Soundness.WHOLE, place


def test_an_export_stands_alone(tmp_path: Path, kept: list[str]) -> None:
    post = a_post(evidence=kept[1])
    warc, manifest = export_evidence(tmp_path, post, tmp_path / "keluar", NOW)
    with warc.open("rb") as stream:
        kinds = {record.rec_type: record.raw_stream.read() for record in ArchiveIterator(stream)}
    assert kinds["response"] == BODIES[1]
    told = json.loads(manifest.read_text())
    assert (told["soundness"], told["http_status"]) == ("whole", "200")
    assert told["payload_sha256"] in told["soundness_detail"]
    assert set(kinds) == {"warcinfo", "response"}
    lost = a_post(evidence=kept[1].replace("a.warc", "b.warc"))
    with pytest.raises(BadInputError, match=r"file b\.warc\.gz is missing"):
        export_evidence(tmp_path, lost, tmp_path / "keluar", NOW)


def _member_ends(path: Path) -> list[int]:
    ends, at = [], 0
    for member in iter_members(path):
        at += len(member.raw)
        ends.append(at)
    return ends


def _replace_member(path: Path, number: int, record: bytes) -> None:
    members = [member.raw for member in iter_members(path)]
    members[number] = gzip.compress(record)
    path.write_bytes(b"".join(members))
