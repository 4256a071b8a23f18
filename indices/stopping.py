"""Ctrl-C and TERM: a command ends in one line and an exit code, with all that it stored kept."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM)
_asked: list[int] = []


class Stopped(KeyboardInterrupt):
    """Somebody asked the process to end; 128 and the signal's number, as shells count."""

    def __init__(self, signum: int) -> None:
        super().__init__()
        self.exit_code = 128 + signum

    def __str__(self) -> str:
        return "stopped; what was stored stays, run it again to go on"


def stop_on_signals() -> None:
    """Raise Stopped where a signal comes; one that is ignored (nohup, a shell's &) stays so."""
    for each in SIGNALS:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _stop)


def ask_to_stop(signum: int) -> None:
    """Remember a signal whose work ends by itself, with a report, before the command does."""
    _asked.append(signum)


def stop_if_asked() -> None:
    """Between two pieces of work.

    Raises:
        Stopped: a signal was remembered.
    """
    if _asked:
        raise Stopped(_asked.pop())


def _stop(signum: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped(signum)
