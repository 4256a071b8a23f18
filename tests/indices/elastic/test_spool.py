"""The spool on disk: ordered, bounded, and whole after a crash."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from indices.documents import Post
from indices.elastic.spool import Spool
from indices.elastic.spooled_write import SpooledWrite
from indices.errors import StoreError, StoreUnavailableError
from tests.indices.contract_documents import make_assessment, make_post, make_vector


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", "uji")


def write(number: int, count: int = 1) -> SpooledWrite:
    return SpooledWrite(documents=[make_post(number + extra) for extra in range(count)])


def replayed(spool: Spool) -> list[str]:
    seen: list[str] = []

    def apply(write: SpooledWrite) -> None:
        posts = [document for document in write.documents if isinstance(document, Post)]
        seen.extend(post.url.rpartition("/")[2] for post in posts)

    spool.replay(apply)
    return seen


def test_writes_come_back_in_order_and_once(spool: Spool) -> None:
    assert spool.is_empty()
    for number in range(5):
        spool.append(write(number))

    assert not spool.is_empty()
    assert spool.count() == 5
    assert replayed(spool) == ["0", "1", "2", "3", "4"]
    assert spool.is_empty()
    assert replayed(spool) == []


def test_documents_are_counted_not_lines(spool: Spool) -> None:
    spool.append(write(0, count=3))
    spool.append(write(10, count=2))

    assert spool.count() == 5


def test_documents_and_vectors_come_back_exactly(spool: Spool) -> None:
    vectors = make_vector(3, count=2)
    assessments = [make_assessment(make_post(n), probability=0.1 + 0.2) for n in range(2)]
    spool.append(SpooledWrite(documents=assessments, vectors=vectors))
    seen: list[SpooledWrite] = []

    spool.replay(seen.append)

    assert list(seen[0].documents) == assessments
    np.testing.assert_array_equal(seen[0].vectors, vectors)


def test_an_outage_during_the_replay_keeps_the_rest(spool: Spool) -> None:
    for number in range(4):
        spool.append(write(number))
    left = 2

    def apply(write: SpooledWrite) -> None:
        nonlocal left
        if not left:
            raise StoreUnavailableError("away")
        left -= 1

    with pytest.raises(StoreUnavailableError):
        spool.replay(apply)

    assert replayed(spool) == ["2", "3"]


def test_a_refused_write_is_put_aside_and_the_rest_goes_on(spool: Spool) -> None:
    for number in range(3):
        spool.append(write(number))

    def apply(write: SpooledWrite) -> None:
        if write == SpooledWrite(documents=[make_post(1)]):
            raise StoreError("refused")

    with capture_logs() as logs:
        assert spool.replay(apply) == 2

    assert spool.is_empty()
    assert spool.count_rejected() == 1
    assert logs[0]["reason"] == "refused"


def test_a_line_that_a_crash_cut_off_is_reported_and_harms_no_other(spool: Spool) -> None:
    spool.append(write(0))
    spool.append(write(1))
    whole = spool.path.read_bytes()
    spool.path.write_bytes(whole[:-40])

    with capture_logs() as logs:
        spool.append(write(2))
        assert replayed(spool) == ["0", "2"]

    assert spool.count_rejected() == 1
    assert "cut off" in logs[0]["reason"]


def test_a_cut_off_line_is_no_write_even_if_nothing_follows(spool: Spool) -> None:
    spool.append(write(0))
    spool.path.write_bytes(spool.path.read_bytes()[:-1])

    assert replayed(spool) == []
    assert spool.is_empty()
    assert spool.count_rejected() == 1


@pytest.mark.parametrize(
    "line", [b"\n", b"null\n", b"{}\n", b"[1\n", b'{"count":1,"kind":"Rumor"}\n', b"\xff\x00\n"]
)
def test_a_spoilt_line_is_put_aside(spool: Spool, line: bytes) -> None:
    spool.append(write(0))
    with spool.path.open("ab") as file:
        file.write(line)
    spool.append(write(1))

    assert replayed(spool) == ["0", "1"]
    assert spool.count_rejected() == 1


def test_a_full_spool_refuses_and_keeps_what_it_has(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "kecil", max_bytes=2_500)
    spool.append(write(0))

    spool.append(write(1))

    with pytest.raises(StoreUnavailableError, match="full"):
        spool.append(write(2, count=3))

    assert replayed(spool) == ["0", "1"]


def test_a_full_disk_keeps_nothing_half_written(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    spool = Spool(tmp_path, "penuh")
    spool.path.symlink_to(full)

    with pytest.raises(StoreError, match="disk is full"):
        spool.append(write(0))


def append_for_ever(directory: Path) -> None:
    spool = Spool(directory, "uji")
    for number in range(100_000):
        spool.append(write(number))


def test_a_killed_writer_leaves_an_unbroken_row(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "uji")
    for _ in range(3):
        process = multiprocessing.get_context("spawn").Process(
            target=append_for_ever, args=(tmp_path,)
        )
        process.start()
        while spool.count() < 20:
            assert process.is_alive()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()

        kept = replayed(spool)

        assert kept == [str(number) for number in range(len(kept))]
        assert spool.count_rejected() <= 1
        spool.rejected_path.unlink(missing_ok=True)
