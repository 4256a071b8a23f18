"""Suggests one of the ministry's thirteen topics, from words that a reviewer can see."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CLEAR_WORD, WEAK_WORD = 2, 1
LEAST_SCORE = 2
"""One clear word, or two that only hint."""
READ_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic and what speaks for it."""

    name: str
    clear: re.Pattern[str]
    weak: re.Pattern[str]

    def score(self, lower: str) -> int:
        """How much speaks for it; a word that comes again counts once."""
        clear, weak = (set(pattern.findall(lower)) for pattern in (self.clear, self.weak))
        return CLEAR_WORD * len(clear) + WEAK_WORD * len(weak)


@cache
def load_topics() -> tuple[Topic, ...]:
    """The word lists that ship with the package, in their order."""
    raw = tomllib.loads(files("classifier").joinpath("topics.toml").read_text(encoding="utf-8"))
    return tuple(
        Topic(entry["name"], _compiled(entry["clear"]), _compiled(entry["weak"]))
        for entry in raw["topic"]
    )


def suggest_topic(cleaned: str) -> str:
    """The topic that most words speak for; empty where none or two do alike."""
    lower = cleaned[:READ_CHARACTERS].lower()
    scores = {topic.name: topic.score(lower) for topic in load_topics()}
    best = max(scores.values())
    leading = [name for name, score in scores.items() if score == best]
    return leading[0] if best >= LEAST_SCORE and len(leading) == 1 else ""


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
