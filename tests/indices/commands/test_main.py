"""Whatever goes wrong at the edge of a command is one line, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


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
