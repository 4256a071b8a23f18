"""Progress bars on standard error, and silence where nobody watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Display


class ProgressBar(Protocol):
    """What a job tells of its advance; the classes below draw it or keep silent."""

    def advance(self, amount: int = 1) -> None: ...

    def resize(self, total: int | None) -> None: ...


class Progress(Protocol):
    """Where a job's progress bars come from."""

    def bar(self, label: str, total: int | None = None) -> AbstractContextManager[ProgressBar]: ...


class TerminalBar:
    """One line that moves."""

    def __init__(self, display: Display, task: TaskID) -> None:
        self._display = display
        self._task = task

    def advance(self, amount: int = 1) -> None:
        """Count what was done since the last call."""
        self._display.advance(self._task, amount)

    def resize(self, total: int | None) -> None:
        """Say how much there is in all, once that is known."""
        self._display.update(self._task, total=total)


class TerminalProgress:
    """Bars for a person at a terminal; rich prints nothing moving into a file or a pipe."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True)

    @contextmanager
    def bar(self, label: str, total: int | None = None) -> Iterator[ProgressBar]:
        """A bar that is drawn while the block runs."""
        display = Display(
            TextColumn("{task.description:<24}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self.console,
        )
        with display:
            yield TerminalBar(display, display.add_task(label, total=total))


class SilentBar:
    """A bar that nobody sees."""

    def advance(self, amount: int = 1) -> None:
        """Nothing to draw."""

    def resize(self, total: int | None) -> None:
        """Nothing to draw."""


class SilentProgress:
    """Bars for tests and for jobs inside the web process."""

    @contextmanager
    def bar(self, label: str, total: int | None = None) -> Iterator[ProgressBar]:
        """A bar that draws nothing."""
        yield SilentBar()
