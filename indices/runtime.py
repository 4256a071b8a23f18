"""Where a command opens its settings and its store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from indices.homes import make_private
from indices.jobs import JobContext
from indices.opening import open_store
from indices.progress import TerminalProgress
from indices.settings import Settings, load_settings
from indices.store import Store


@dataclass
class Runtime:
    """What `click` hands to every command; nothing is read before a command asks."""

    home: Path

    @cached_property
    def settings(self) -> Settings:
        """The settings of the data directory."""
        return load_settings(self.home)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, closed at the end; the data directory is private from its first day."""
        make_private(self.home)
        store = open_store(self.settings)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def job_context(self, **options: str) -> Iterator[JobContext]:
        """All that a job needs, with the time of now."""
        with self.store() as store:
            yield JobContext(
                store=store,
                settings=self.settings,
                now=datetime.now(UTC),
                progress=TerminalProgress(),
                options=options,
            )
