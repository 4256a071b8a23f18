"""Posts that tell the same claim, as far as the research data knows: to fit and measure groups on.

The data has one post for each fact-check. What stands in for a second one, the easiest last:
the claim as the fact-checker worded it, which shares few words with many posts; the post with
words dropped and changed; the post cut to its beginning; the post as it is forwarded.
Ordinary posts stand beside them and belong to no claim. Invented claims, which three people tell
each, can be put among them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.cleaning import clean_text, words_of
from classifier.training.claims import Claim
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    Pair,
    read_ordinary,
    read_pairs,
    stable_order,
)
from classifier.training.splits import ordinary_split

POST, RETOLD, WORDED, REWORDED, CUT, FORWARDED, ORDINARY = (
    "post",
    "retold",
    "worded by the fact-checker",
    "reworded",
    "cut",
    "forwarded",
    "ordinary",
)
COPIES = (REWORDED, CUT, FORWARDED)
PER_ORDINARY_SOURCE = 25
MOST_ORDINARY = 150
COPIED_CLAIMS = 250
_ENOUGH_TO_CHOOSE_FROM = 12 * PER_ORDINARY_SOURCE
UNSURE_LIKENESS = 0.5
"""Cosine of two titles' words from which nobody can tell without looking whether claims differ."""
_SAME_LIKENESS = 0.999
_PREFIXES = (
    "Diteruskan berkali-kali\n",
    "Fwd: ",
    "Info dari grup sebelah 👇\n",
    "Copas dari WAG\n",
)
_ENDINGS = ("\nSebarkan!!! 🙏🙏", "\nhttps://s.example/a1b2", "\nSemoga bermanfaat", "")
_SPELLINGS = {
    "yang": "yg",
    "tidak": "gak",
    "dengan": "dgn",
    "untuk": "utk",
    "sudah": "udah",
    "karena": "krn",
    "akan": "bakal",
    "orang": "org",
}


@dataclass(frozen=True, slots=True)
class GoldPost:
    """One text and the claim that it tells."""

    text: str
    claim: int
    """-1 for an ordinary post: it tells none that others were checked for."""
    kind: str
    date: str


@dataclass(frozen=True, slots=True)
class GoldGroups:
    """Posts in the order in which they came, and which claims nobody can tell apart unseen."""

    posts: Sequence[GoldPost]
    unsure: frozenset[tuple[int, int]]
    """Pairs of claims, the smaller number first, that are left out of all counts."""

    @property
    def claims(self) -> NDArray[np.int64]:
        """Of each post; shape (n_posts,)."""
        return np.array([post.claim for post in self.posts])


def build_gold(directory: Path, split: str, kinds: Sequence[str] = (WORDED, *COPIES)) -> GoldGroups:
    """Each post of a period with its second tellings of these kinds, among ordinary posts.

    Of `COPIES` the posts of some claims get one each, in turn: easy pairs must not drown the rest.
    """
    pairs = [pair for pair in read_pairs(directory) if pair.split == split]
    claims, unsure = _number_claims(pairs)
    posts: list[GoldPost] = []
    copies = [kind for kind in kinds if kind in COPIES]
    copied = set(sorted(set(claims), key=lambda claim: stable_order(str(claim)))[:COPIED_CLAIMS])
    for place, (pair, claim) in enumerate(zip(pairs, claims, strict=True)):
        posts.append(GoldPost(pair.text, claim, POST, pair.date))
        if WORDED in kinds:
            posts.append(GoldPost(pair.title, claim, WORDED, pair.date))
        if copies and claim in copied:
            kind = copies[place % len(copies)]
            posts.append(GoldPost(_retold(pair.text, kind), claim, kind, pair.date))
    posts += [GoldPost(text, -1, ORDINARY, "") for text in _ordinary(directory, split)]
    return GoldGroups(sorted(posts, key=lambda post: stable_order(post.text)), unsure)


def with_claims(gold: GoldGroups, claims: Sequence[Claim]) -> GoldGroups:
    """The posts, and those of invented claims among them, as they might have come."""
    first = int(gold.claims.max(initial=-1)) + 1
    told = [
        GoldPost(text, number, RETOLD, "")
        for number, claim in enumerate(claims, start=first)
        for text in claim.posts
    ]
    posts = sorted([*gold.posts, *told], key=lambda post: stable_order(post.text))
    return GoldGroups(posts, gold.unsure)


def _ordinary(directory: Path, split: str) -> list[str]:
    found: list[str] = []
    for source in ORDINARY_SOURCES:
        some = read_ordinary(directory, source, _ENOUGH_TO_CHOOSE_FROM)
        found += [text for text in some if ordinary_split(text) == split][:PER_ORDINARY_SOURCE]
    return sorted(found, key=stable_order)[:MOST_ORDINARY]


def _number_claims(pairs: Sequence[Pair]) -> tuple[list[int], frozenset[tuple[int, int]]]:
    """Titles of the same words are one claim; of titles that are alike nobody can tell."""
    words = [" ".join(words_of(clean_text(pair.title))) for pair in pairs]
    vectors = TfidfVectorizer(analyzer=str.split).fit_transform(words)
    likeness = (vectors @ vectors.T).toarray()
    claims = [int(np.argmax(row >= _SAME_LIKENESS)) for row in likeness]
    rows, columns = np.nonzero(likeness >= UNSURE_LIKENESS)
    near = {tuple(sorted((claims[i], claims[j]))) for i, j in zip(rows, columns, strict=True)}
    return claims, frozenset((i, j) for i, j in near if i != j)


def _retold(text: str, kind: str) -> str:
    chance = random.Random(stable_order(f"{kind}{text}"))
    words = text.split()
    if kind == FORWARDED:
        return chance.choice(_PREFIXES) + text + chance.choice(_ENDINGS)
    if kind == CUT:
        return " ".join(words[: max(6, int(len(words) * chance.uniform(0.3, 0.6)))])
    kept = [word for word in words if chance.random() > 0.35] or words
    return " ".join(_SPELLINGS.get(word.lower(), word) for word in kept)
