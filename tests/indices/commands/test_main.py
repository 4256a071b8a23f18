"""Whatever goes wrong at the edge of a command is one line, never a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def luruskan(home: Path, arguments: str) -> subprocess.CompletedProcess[str]:
    """Through a shell, for its redirections."""
    command = f"'{Path(sys.executable).with_name('luruskan')}' --home '{home}' {arguments}"
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)


def test_a_full_disk_under_the_output_is_one_line(tmp_path: Path) -> None:
    ended = luruskan(tmp_path, "export - >/dev/full")
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("luruskan: No space left on device; ")
    assert "Traceback" not in ended.stderr


def test_a_closed_input_is_an_empty_one(tmp_path: Path) -> None:
    ended = luruskan(tmp_path, "import - <&-")
    assert ended.returncode in {0, 2}
    assert "Traceback" not in ended.stderr


def started(home: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command with its input held open, as a person at a terminal has it."""
    return subprocess.Popen(
        [Path(sys.executable).with_name("luruskan"), "--home", home, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a runner may start tests with Ctrl-C ignored, which the command would respect
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 (no threads here)
    )


@pytest.mark.parametrize(
    ("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "term"]
)
def test_a_signal_ends_a_command_in_one_line(
    tmp_path: Path, signum: signal.Signals, code: int
) -> None:
    running = started(tmp_path, "import", "-")
    for _ in range(600):  # it waits for its input when the home is there
        if (tmp_path / "index.sqlite").exists():
            break
        time.sleep(0.1)
    running.send_signal(signum)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == code
    assert errors.splitlines()[-1] == (
        "luruskan: stopped; what was stored stays, run it again to go on"
    )
    assert "Traceback" not in errors
    assert "Aborted" not in errors
