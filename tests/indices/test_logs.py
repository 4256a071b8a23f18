"""Log lines never stand between results."""

from __future__ import annotations

import subprocess
import sys


def test_a_log_line_goes_to_standard_error() -> None:
    code = (
        "from indices.logs import log_to_stderr; log_to_stderr();"
        "import structlog; structlog.get_logger().warning('catatan'); print('hasil')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "hasil\n"
    assert "catatan" in done.stderr
