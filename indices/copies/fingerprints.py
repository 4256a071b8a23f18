"""Keys under which copies meet: one for exactly the same words, twenty for nearly the same.

MinHash (Broder 1997) in bands (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4):
four least values of four random orders of the shingles make one key. Texts that share 60 % of
their shingles meet under at least one of twenty keys in 94 % of cases, at 70 % in 99.6 %.

Among very many posts most that share one key are no copies: a byte of each of the eighty least
values (b-bit minwise hashing: Li, König 2010) tells that without their texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indices.copies.shingles import (
    FEWEST_WORDS,
    FEWEST_WORDS_TO_COMPARE,
    Shingles,
    build_shingles,
    compared_words,
    mixed,
)
from indices.documents import Post

BANDS = 20
ROWS = 4
_random = np.random.default_rng(20261126)  # never change it: stored keys were made with it
_FACTORS = _random.integers(1, 2**63, BANDS * ROWS, np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _random.integers(0, 2**63, BANDS * ROWS, np.uint64)
_PART = 1024
"""Shingles ordered at once, to stay in the processor's cache."""
_FEWEST_EQUAL = 28
"""Of eighty bytes: texts that share 60 % have 48 +- 4, fewer than 28 once in 200,000 times."""
_BAND = np.arange(1, BANDS + 1, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as copies are looked for."""

    exact: int
    """The same for the same words; 0 where there are too few to speak of a copy."""
    bands: tuple[int, ...]
    """Empty for a short text, which is a copy of exactly the same words only."""
    shingles: Shingles
    sketch: bytes = b""
    """A byte of each of the eighty least values; empty where there are no bands."""

    @property
    def keys(self) -> tuple[int, ...]:
        """All keys, each from 1 to 2^63 - 1; posts that share one may be copies."""
        return ((self.exact,) if self.exact else ()) + self.bands


def build_fingerprint(post: Post) -> Fingerprint:
    """The fingerprint of a post's words as they are now."""
    words = compared_words(post)
    if len(words) < FEWEST_WORDS:
        return Fingerprint(0, (), np.empty(0, np.uint64))
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).digest()
    shingles = build_shingles(words)
    long_enough = len(words) >= FEWEST_WORDS_TO_COMPARE
    exact = _key(int.from_bytes(digest[:8]))
    if not long_enough:
        return Fingerprint(exact, (), shingles)
    least = _least_values(shingles)
    sketch = (least >> np.uint64(56)).astype(np.uint8).tobytes()
    return Fingerprint(exact, _bands(least), shingles, sketch)


def restore_fingerprint(post: Post, keys: Sequence[int]) -> Fingerprint:
    """The fingerprint of the words that these keys were made of, without making them again."""
    return Fingerprint(
        keys[0] if keys else 0, tuple(keys[1:]), build_shingles(compared_words(post))
    )


def may_be_copies(own: bytes, others: Sequence[bytes]) -> list[bool]:
    """For each of the other sketches whether it leaves that open; a missing one does."""
    missing = bytes(len(own))
    rows = np.frombuffer(b"".join(other or missing for other in others), np.uint8)
    if not own or not len(rows):
        return [True] * len(others)
    equal = (rows.reshape(len(others), -1) == np.frombuffer(own, np.uint8)).sum(axis=1)
    return [not other or count >= _FEWEST_EQUAL for other, count in zip(others, equal, strict=True)]


def _least_values(shingles: Shingles) -> Shingles:
    """Shape (80,), mixed; of a text's shingles in each of the random orders."""
    least = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(shingles), _PART):
        orders = shingles[start : start + _PART, None] * _FACTORS
        orders += _OFFSETS
        np.minimum(least, orders.min(axis=0), out=least)
    return mixed(least)


def _bands(least: Shingles) -> tuple[int, ...]:
    keys = _BAND
    for row in least.reshape(BANDS, ROWS).T:
        keys = mixed(keys ^ row)
    return tuple(map(_key, keys.tolist()))


def _key(value: int) -> int:
    """As both stores keep it: positive, signed 64 bits."""
    return (value & 0x7FFF_FFFF_FFFF_FFFF) or 1
