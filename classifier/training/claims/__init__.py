"""Invented claims, each told by several people, with a neighbour that is another claim.

The research data has one post a fact-check. A language model wrote these for Luruskan, one file a
domain: of each claim the headline that a fact-checker would give it, three posts that tell it in
words of their own, and the headline and a post of a claim that is easily taken for it. Persons and
private firms in them are made up (public bodies are not), and nobody ever circulated them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Claim:
    """A headline, and the posts that tell it."""

    title: str
    posts: tuple[str, ...]


def read_claims(directory: Traversable | None = None) -> list[tuple[Claim, Claim]]:
    """Each claim with its neighbour, file after file.

    Args:
        directory: of files like these; the package's own where None.
    """
    return [pair for pairs in _by_file(directory or files(__name__)) for pair in pairs]


def claims_for_adapter() -> list[tuple[Claim, Claim]]:
    """Two of three of each file: the encoder for matching learns them."""
    each = _by_file(files(__name__))
    return [pair for pairs in each for number, pair in enumerate(pairs) if number % 3]


def claims_for_scorer() -> list[tuple[Claim, Claim]]:
    """The others: the scorer of pairs weighs a cosine, and that must not know them.

    By their place in their file, so that a new file does not hand over what an adapter has learnt.
    """
    return [pair for pairs in _by_file(files(__name__)) for pair in pairs[::3]]


def _by_file(directory: Traversable) -> list[list[tuple[Claim, Claim]]]:
    paths = sorted(directory.iterdir(), key=lambda path: path.name)
    return [list(_read(path)) for path in paths if path.name.endswith(".ndjson")]


def _read(path: Traversable) -> Iterator[tuple[Claim, Claim]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        claim = Claim(row["title"], tuple(row["posts"]))
        yield claim, Claim(row["neighbour_title"], (row["neighbour_post"],))
