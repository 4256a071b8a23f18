"""A text as the set of its letter sequences, and how much two such sets share."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from indices.documents import Post
from indices.text import terms

LENGTH = 7
"""Letters in a shingle: one typo spoils seven of them, and unrelated texts share 4 % at most."""
MAX_CHARACTERS = 20_000
"""Of a text; what comes after them tells no copies apart, and memory stays bounded."""
FEWEST_WORDS = 4
"""A shorter text is a greeting or an exclamation: the same one is no copy."""
FEWEST_WORDS_TO_COMPARE = 8
"""A shorter text is a copy only of exactly the same words."""

Shingles = NDArray[np.uint64]
_FORWARDED = re.compile(
    r"^[^\S\n]*(?:(?:diteruskan|forwarded)(?: berkali-kali| many times)?\s*[:>]?|fwd?:"
    r"|\[?\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]?[^:\n]{1,40}:"
    r"|copas(?: dari)? [^\n]{0,40}$|rt @\w+:)",
    re.IGNORECASE | re.MULTILINE,
)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def compared_words(post: Post) -> list[str]:
    """The words by which a post is compared: of its text, and of its title where that is short."""
    words = _words(post.text)
    if len(words) >= FEWEST_WORDS_TO_COMPARE:
        return words
    return _words(f"{post.title}\n{post.text}") if post.title not in post.text else words


def _words(text: str) -> list[str]:
    """Index terms without what a messenger put before the text."""
    return terms(_FORWARDED.sub(" ", text[:MAX_CHARACTERS]))


def build_shingles(words: list[str]) -> Shingles:
    """Shape (n_distinct,), ascending; hashes of every sequence of seven letters."""
    codes = np.frombuffer(" ".join(words).encode("utf-32-le", "replace"), np.uint32)
    letters = codes.astype(np.uint64)
    count = max(len(letters) - LENGTH + 1, 0)
    hashes = np.zeros(count, np.uint64)
    for place in range(LENGTH):
        hashes *= _MIX
        hashes += letters[place : place + count]
    hashes = mixed(hashes)
    hashes.sort()  # then distinct: three times as fast as numpy.unique for a message
    is_first = np.ones(count, bool)
    is_first[1:] = hashes[1:] != hashes[:-1]
    return hashes[is_first]


def mixed(values: Shingles) -> Shingles:
    """Numbers spread evenly over 64 bits."""
    values = (values ^ (values >> np.uint64(31))) * _MIX
    return values ^ (values >> np.uint64(29))


def similarity(one: Shingles, other: Shingles) -> float:
    """Jaccard: shared shingles by all shingles, 0 to 1."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / max(len(one) + len(other) - shared, 1)
