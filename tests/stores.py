"""Real stores for tests."""

from pathlib import Path

from indices.embedded.store import EmbeddedStore
from indices.store import Store


def embedded_store(home: Path) -> Store:
    """A store in one SQLite file under the given directory."""
    return EmbeddedStore.open(home / "index.sqlite")
