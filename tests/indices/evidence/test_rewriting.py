"""Records go one by one; a kill leaves the old file or the new one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

from indices.evidence.members import iter_members
from indices.evidence.places import parse_place
from indices.evidence.rewriting import drop_records
from indices.evidence.verifying import Soundness, verify
from tests.indices.evidence.records import write_evidence


def ids(evidence: list[str]) -> set[str]:
    return {parse_place(each).record_id for each in evidence}


def test_only_what_is_named_stays_and_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    one, two, three = write_evidence(path, b"satu", b"dua", b"tiga")
    before = [member.raw for member in iter_members(path)]
    os.utime(path, (1_000, 1_000))
    assert drop_records(path, ids([one, three])) == 1
    assert [member.raw for member in iter_members(path)] == [before[0], before[1], before[3]]
    assert path.stat().st_mtime == 1_000
    assert verify(tmp_path, two).soundness is Soundness.LOST
    assert drop_records(path, ids([one, three])) == 0
    assert drop_records(path, set(), {"https://warga.example/tiga"}) == 1
    assert drop_records(path, set()) == 1
    assert not path.exists()


def test_a_damaged_record_stays_since_nobody_knows_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    one, two = write_evidence(path, b"satu", b"dua")
    members = [member.raw for member in iter_members(path)]
    broken = members[2][:40] + b"\0\0\0\0" + members[2][44:]
    path.write_bytes(members[0] + members[1] + broken)
    assert drop_records(path, set()) == 1
    assert path.read_bytes() == members[0] + broken
    assert verify(tmp_path, two).soundness is Soundness.LOST
    del one


def test_killed_at_any_moment_nothing_that_is_named_is_lost(tmp_path: Path) -> None:
    bodies = [f"isi {number} ".encode() * 400 for number in range(300)]
    path = tmp_path / "a.warc.gz"
    evidence = write_evidence(path, *bodies)
    content = path.read_bytes()
    kept = evidence[::2]
    outcomes = set()
    for moment in range(12):
        path.write_bytes(content)
        context = multiprocessing.get_context("fork")
        process = context.Process(target=drop_records, args=(path, ids(kept)))
        process.start()
        time.sleep(moment * 0.008)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join(10)
        left = {member.record_id for member in iter_members(path)}
        assert ids(kept) <= left
        outcomes.add(ids(evidence) <= left)
    assert True in outcomes, "no kill came before the end; the trial shows nothing"
