"""The embedded store as a whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from indices.embedded.assessments import Assessments
from indices.embedded.claim_groups import ClaimGroups
from indices.embedded.connection import BUSY_SECONDS, Database
from indices.embedded.copies import Copies
from indices.embedded.fact_checks import FactChecks
from indices.embedded.reviews import Reviews
from indices.embedded.sources import Crawls, Sources
from indices.errors import LuruskanError
from indices.queries import StoreHealth

if TYPE_CHECKING:
    from indices.progress import ProgressBar

_COUNTED = ("posts", "assessments", "reviews", "fact_checks", "sources", "vectors")


class EmbeddedStore(ClaimGroups, Assessments, Copies, Reviews, FactChecks, Sources, Crawls):
    """One SQLite file; each subject is a part of its own. Threads may share one store."""

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> EmbeddedStore:
        """Open the file, made or brought to this version where needed.

        Args:
            busy_seconds: how long to wait for another writer.
        """
        return cls(Database(path, busy_seconds=busy_seconds))

    def refresh(self) -> None:
        """Nothing to do: what is written is visible at once."""

    def rebuild(self, bar: ProgressBar) -> int:
        """Analyse all posts anew and index their words."""
        return self._index_words_again(bar)

    def check_health(self) -> StoreHealth:
        """Green when the file can be read; counts of what it holds."""
        try:
            with self._database.reading() as connection:
                counts = {
                    name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                    for name in _COUNTED
                }
        except LuruskanError as error:
            return StoreHealth(
                backend="embedded",
                version=sqlite3.sqlite_version,
                status="red",
                detail=str(error),
            )
        return StoreHealth(
            backend="embedded",
            version=sqlite3.sqlite_version,
            status="green",
            detail=str(self._database.path),
            counts=counts,
        )

    def close(self) -> None:
        """Close the file; nothing is lost where a process ends without it."""
        self._database.close()
