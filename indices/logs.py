"""Where log lines go: standard error, since standard output is for results."""

from __future__ import annotations

import sys


def log_to_stderr() -> None:
    """Have every log line of this process written to standard error as it is at that moment."""
    import structlog

    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
