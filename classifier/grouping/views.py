"""What is compared of a post: its telling words, its numbers, its vector, its fact-checks."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import clean_text
from indices.documents import Match
from indices.text import terms
from indices.words import STOP_WORDS

FloatArray = NDArray[np.float32]

READ_CHARACTERS = 1_500
"""Of a cleaned post; a claim stands at its beginning, and the work stays bounded."""
BUCKETS = 32_768
FEWEST_WORDS = 3
"""A post of fewer telling words carries no claim that could be compared."""


NO_VECTOR: FloatArray = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One post as the pair scorer sees it."""

    words: Mapping[str, float]
    """Telling words by how rare they are."""
    numbers: frozenset[str]
    vector: FloatArray
    """Shape (n_dims,), unit length, of the matching encoder."""
    matches: Mapping[str, float] = field(default_factory=dict)
    """Probability by fact-check that the post repeats it."""

    total: float = 0.0
    """The summed rarity of its words."""

    @property
    def says_something(self) -> bool:
        """Whether there is enough to be compared at all."""
        return len(self.words) >= FEWEST_WORDS


@dataclass(frozen=True)
class Rarity:
    """How rare words are in posts, learnt once; words share buckets, so that no text is kept."""

    weights: FloatArray
    """Shape (BUCKETS,)."""

    def of(self, word: str) -> float:
        """The weight of one stem."""
        return self._shared[bucket_of(word)]

    @cached_property
    def _shared(self) -> list[float]:
        """The same number for the same word wherever it is kept: posts are many, words are few."""
        weights: list[float] = self.weights.tolist()
        return weights

    @classmethod
    def learnt_from(cls, texts: Iterable[str]) -> Rarity:
        """Inverse document frequencies of the stems of these texts."""
        counts = np.zeros(BUCKETS, np.float32)
        n_texts = 0
        for text in texts:
            n_texts += 1
            counts[list({bucket_of(word) for word in telling_words(text)})] += 1
        return cls(np.log1p(np.float32(n_texts) / (counts + 1)).astype(np.float32))


def bucket_of(word: str) -> int:
    """The same on every machine and in every run."""
    return zlib.crc32(word.encode("utf-8", "replace")) % BUCKETS


def telling_words(text: str) -> list[str]:
    """Distinct stems in reading order, without those that every text has."""
    found = dict.fromkeys(terms(clean_text(text)[:READ_CHARACTERS]))
    return [word for word in found if word not in _EMPTY]


def build_view(
    text: str, vector: FloatArray | None, rarity: Rarity, matches: Sequence[Match] = ()
) -> ClaimView:
    """What is compared of a post; any text will do.

    Args:
        vector: None where the post was assessed without one: its words alone are compared then.
    """
    words = {word: rarity.of(word) for word in telling_words(text)}
    return ClaimView(
        words=words,
        total=sum(words.values()),
        numbers=frozenset(word for word in words if word.isdigit() and len(word) > 1),
        vector=NO_VECTOR if vector is None else vector,
        matches={match.fact_check_id: match.score for match in matches},
    )


_EMPTY = frozenset(word for phrase in STOP_WORDS for word in terms(phrase))
