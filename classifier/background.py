"""Which of an office's posts may be presumed ordinary, so that the flagger learns its background.

What a fact-check answers, what a person judged and what surges stays out, and nobody fills more
than a small share: a wave of hoaxes must not train itself into the background.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer

from classifier.cleaning import clean_text
from classifier.explaining import is_too_short

LEAST_POSTS = 50
"""Fewer tell nothing about what is ordinary here."""
MOST_POSTS = 2_000
LARGEST_SOURCE_SHARE = 0.25
LARGEST_AUTHOR_SHARE = 0.02
LEAST_OF_ONE = 5
"""Where shares come to less than so many posts, so many may stay."""
NEAR = 0.6
"""Cosine over pairs of words from which two posts are the same one with a word changed."""
SURGE_POSTS = 4
READ_CHARACTERS = 600
_BLOCK_ROWS = 512


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post that may be learnt from."""

    id: str
    text: str
    source: str = ""
    """Empty where the posts' source is not known: then it has no share to exceed."""
    author: str = ""
    is_matched: bool = False
    """A fact-check answers what it says."""
    is_judged: bool = False
    """A person flagged, labelled or answered it."""


@dataclass(frozen=True, slots=True)
class Background:
    """What is learnt from, and how many posts were left out, by reason."""

    posts: tuple[Candidate, ...]
    left_out: Counter[str] = field(default_factory=Counter)


def choose_background(candidates: Iterable[Candidate], limit: int = MOST_POSTS) -> Background:
    """A sample, the same for the same posts; at most `limit`."""
    sampled = heapq.nsmallest(4 * limit, candidates, key=lambda post: _shuffled(post.id))
    left_out: Counter[str] = Counter()
    open_ones: list[Candidate] = []
    for post in sampled:
        reason = _reason_against(post)
        if reason:
            left_out[reason] += 1
        else:
            open_ones.append(post)
    surging = find_surges([clean_text(post.text) for post in open_ones])
    left_out["surge"] = int(surging.sum())
    calm = [post for post, surges in zip(open_ones, surging, strict=True) if not surges]
    kept = _within_shares(calm, limit)
    left_out["share"] = min(len(calm), limit) - len(kept)
    return Background(tuple(kept), +left_out)


def find_surges(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which texts have several near-duplicates among them; shape (n_texts,)."""
    surging = np.zeros(len(texts), dtype=bool)
    if not texts:
        return surging
    hashing = HashingVectorizer(ngram_range=(1, 2), binary=True, n_features=2**18)
    rows = hashing.transform([text[:READ_CHARACTERS] for text in texts]).tocsr()
    for start in range(0, len(texts), _BLOCK_ROWS):
        near = (rows[start : start + _BLOCK_ROWS] @ rows.T).toarray() >= NEAR
        surging[start : start + _BLOCK_ROWS] = near.sum(axis=1) >= SURGE_POSTS
    return surging


def _reason_against(post: Candidate) -> str:
    if post.is_judged:
        return "judged"
    if post.is_matched:
        return "matched"
    return "short" if is_too_short(clean_text(post.text)) else ""


def _within_shares(posts: Sequence[Candidate], limit: int) -> list[Candidate]:
    wanted = min(len(posts), limit)
    n_sources = len({post.source for post in posts if post.source})
    source_share = max(LARGEST_SOURCE_SHARE, 1 / max(1, n_sources))
    most_of_source = max(LEAST_OF_ONE, int(source_share * wanted))
    most_of_author = max(LEAST_OF_ONE, int(LARGEST_AUTHOR_SHARE * wanted))
    sources: Counter[str] = Counter()
    authors: Counter[tuple[str, str]] = Counter()
    kept: list[Candidate] = []
    for post in posts:
        author = (post.source, post.author)
        full = (post.source and sources[post.source] >= most_of_source) or (
            post.author and authors[author] >= most_of_author
        )
        if full or len(kept) >= wanted:
            continue
        kept.append(post)
        sources[post.source] += 1
        authors[author] += 1
    return kept


def _shuffled(id_: str) -> bytes:
    return hashlib.sha256(id_.encode("utf-8", "surrogatepass")).digest()
