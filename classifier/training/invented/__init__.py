"""Invented posts in pairs: one that deserves a decision, and an ordinary one beside it.

In the research data hoaxes come from one fact-checking community and ordinary posts from elsewhere,
so that topic, platform and form tell the two sides apart. The two posts of a pair share all three.
A language model wrote them for Luruskan, one file a genre; persons, villages and private firms in
them are made up (public bodies are not), and nobody ever circulated them. `HELD_OUT` was written
apart and is for measuring.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

HELD_OUT = "held_out"
PREFIX = "invented_"
INVENTED_HOAX = "invented_hoax"
_KINDS = {"ordinary": False, "hoax": True}


@dataclass(frozen=True, slots=True)
class InventedPost:
    """One half of a pair."""

    genre: str
    pair: int
    text: str
    is_hoax: bool

    @property
    def source(self) -> str:
        """What the last layer knows it as: a genre is one more source of ordinary posts."""
        return INVENTED_HOAX if self.is_hoax else f"{PREFIX}{self.genre}"


def is_invented(sources: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which rows are of these pairs, told by their source."""
    return np.char.startswith(sources, PREFIX)


def genres() -> list[str]:
    """The genres that are learnt from, in a fixed order."""
    names = (path.name for path in files(__name__).iterdir())
    stems = (name.removesuffix(".ndjson") for name in names if name.endswith(".ndjson"))
    return sorted(stem for stem in stems if stem != HELD_OUT)


def read_lesson() -> list[InventedPost]:
    """All posts that are learnt from, genre after genre."""
    return [post for genre in genres() for post in read_genre(genre)]


def read_genre(genre: str) -> Iterator[InventedPost]:
    """The pairs of one file, in its order."""
    content = files(__name__).joinpath(f"{genre}.ndjson").read_text(encoding="utf-8")
    for line in content.splitlines():
        row = json.loads(line)
        yield InventedPost(genre, row["pair"], row["text"], _KINDS[row["kind"]])
