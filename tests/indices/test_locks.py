"""Two runs of the same work exclude each other, and a dead holder blocks nobody."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indices.errors import LuruskanError
from indices.locks import AlreadyRunningError, exclusive

HOLD = """
import sys, time
from pathlib import Path
from indices.locks import exclusive
with exclusive(Path(sys.argv[1]), "crawl"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_is_told_what_is_running(tmp_path: Path) -> None:
    with (
        exclusive(tmp_path / "lock", "luruskan crawl"),
        pytest.raises(AlreadyRunningError, match="luruskan crawl is already running"),
        exclusive(tmp_path / "lock", "luruskan crawl"),
    ):
        pytest.fail("two held the lock")


def test_the_lock_is_free_after_its_block(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock", "crawl"):
        pass
    with exclusive(tmp_path / "lock", "crawl"):
        assert (tmp_path / "lock").exists()


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunningError), exclusive(lock, "crawl"):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait(timeout=10)
    with exclusive(lock, "crawl"):
        assert lock.exists()


def test_a_lock_that_cannot_be_made_says_where(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    with (
        pytest.raises(LuruskanError, match=r"berkas/x\.lock: "),
        exclusive(tmp_path / "berkas" / "x.lock", "uji"),
    ):
        pass
