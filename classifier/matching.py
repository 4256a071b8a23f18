"""Which known fact-checks a post may repeat: letters and meaning, weighed by a learnt scorer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import Artefact
from classifier.cleaning import clean_text, words_of
from classifier.library import Library
from indices.documents import Match

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

FEATURES = ("letters_z", "meaning_z", "letters", "meaning", "coverage", "interplay")
N_CANDIDATES = 50
BATCH_POSTS = 32
PRIOR_ENTRIES = 100.0
"""A small library's own spread is mixed with that of a large one, as if it had so many more."""
_COMMON_WORDS = frozenset(
    "yang dan di ke dari untuk dengan ini itu akan ada tidak pada oleh juga saat bisa karena sudah"
    " atau dalam adalah para telah jadi kita kami anda saya dia agar bagi the of".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One library entry with the evidence that a post repeats it."""

    index: int
    features: FloatArray
    """Shape (n_features,), in the order of `FEATURES`."""
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class PairScorer:
    """A logistic regression over the evidence of one pair of post and title."""

    weights: FloatArray
    intercept: float
    background: FloatArray
    """Mean and deviation of `letters`, then of `meaning`, in a large library."""
    strong_threshold: float

    def probability(self, features: FloatArray) -> FloatArray:
        """That the post repeats the claim; features of shape (n, n_features)."""
        logits = features @ self.weights + self.intercept
        chances: FloatArray = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
        return chances


def scorer_of(artefact: Artefact) -> PairScorer:
    """The scorer that a model carries."""
    return PairScorer(
        weights=artefact.heads["match.weights"],
        intercept=float(artefact.heads["match.intercept"][0]),
        background=artefact.heads["match.background"],
        strong_threshold=float(artefact.facts["strong_threshold"]),
    )


class ClaimMatcher:
    """Ranks a library's entries for each post."""

    def __init__(self, library: Library, scorer: PairScorer) -> None:
        self.library = library
        self._scorer = scorer

    def match(
        self, texts: Sequence[str], vectors: FloatArray, limit: int = 10
    ) -> list[list[Match]]:
        """The best entries for each post, best first; fewer only if the library is smaller.

        Args:
            vectors: the posts as the library's encoder sees them, rows of unit length.
        """
        found: list[list[Match]] = []
        for start in range(0, len(texts), BATCH_POSTS):
            batch = texts[start : start + BATCH_POSTS]
            ranked = self.rank(batch, vectors[start : start + BATCH_POSTS], limit)
            found += [
                self._matches(text, candidates[:limit])
                for text, candidates in zip(batch, ranked, strict=True)
            ]
        return found

    def rank(
        self, texts: Sequence[str], vectors: FloatArray, limit: int = 10
    ) -> list[list[Candidate]]:
        """Candidates of each post with their evidence, best first."""
        if not len(self.library):
            return [[] for _ in texts]
        lexical = self.library.lexical
        letters = lexical.score(texts)
        coverage = lexical.coverage(letters)
        letters /= np.log1p(len(self.library))
        meaning = vectors @ self.library.vectors.T
        n_candidates = max(N_CANDIDATES, limit)
        return [
            self._rank_one(*rows, n_candidates)
            for rows in zip(letters, meaning, coverage, strict=True)
        ]

    def _rank_one(
        self, letters: FloatArray, meaning: FloatArray, coverage: FloatArray, n_candidates: int
    ) -> list[Candidate]:
        chosen = np.union1d(_best(letters, n_candidates), _best(meaning, n_candidates))
        letters_z = _standardised(letters, *self._scorer.background[:2])[chosen]
        meaning_z = _standardised(meaning, *self._scorer.background[2:])[chosen]
        features = np.stack(
            [
                letters_z,
                meaning_z,
                letters[chosen],
                meaning[chosen],
                coverage[chosen],
                coverage[chosen] * meaning[chosen],
            ],
            axis=1,
        ).astype(np.float32)
        chances = self._scorer.probability(features)
        order = np.lexsort((chosen, -chances))
        return [Candidate(int(chosen[i]), features[i], float(chances[i])) for i in order]

    def _matches(self, text: str, candidates: Sequence[Candidate]) -> list[Match]:
        entries = self.library.entries
        return [
            Match(
                fact_check_id=entries[candidate.index].id,
                title=entries[candidate.index].title,
                score=round(candidate.probability, 4),
                url=entries[candidate.index].url,
                verdict=entries[candidate.index].verdict,
                shared_terms=shared_terms(text, entries[candidate.index].title),
                strong=candidate.probability >= self._scorer.strong_threshold,
            )
            for candidate in candidates
        ]


def shared_terms(text: str, title: str) -> tuple[str, ...]:
    """Telling words that a post and a title both have, in the title's order."""
    words = set(words_of(clean_text(text)))
    shared = (word for word in words_of(clean_text(title)) if word in words)
    return tuple(dict.fromkeys(w for w in shared if len(w) > 2 and w not in _COMMON_WORDS))


def _best(scores: FloatArray, n_best: int) -> IntArray:
    if len(scores) <= n_best:
        return np.arange(len(scores), dtype=np.int64)
    best: IntArray = np.argpartition(-scores, n_best)[:n_best]
    return best


def _standardised(values: FloatArray, prior_mean: float, prior_deviation: float) -> FloatArray:
    """Z-scores, with mean and deviation leaning on a large library's where this one is small."""
    n_values = len(values)
    share = n_values / (n_values + PRIOR_ENTRIES)
    mean = share * float(values.mean()) + (1 - share) * prior_mean
    spread = share * float(values.var()) + (1 - share) * prior_deviation**2
    standardised: FloatArray = (values - mean) / max(spread, 1e-8) ** 0.5
    return standardised
