"""Fits the small scorer that weighs letters against meaning, and its strong threshold.

Fitted on the dev period only: the encoder's adapter has seen the pairs of the training period, so
that there meaning would look better than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifier.library import Library
from classifier.matching import FEATURES, Candidate, ClaimMatcher, PairScorer

FloatArray = NDArray[np.float32]

FALSE_STRONG_SHARE = 0.005
"""Half of what is promised, since newer posts are a little harder."""
LEAST_STRONG = 0.5
PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class MatchTask:
    """Posts, their vectors, and which library entry answers each; -1 where none does."""

    texts: Sequence[str]
    vectors: FloatArray
    gold: NDArray[np.int64]


def plain_scorer(background: FloatArray | None = None) -> PairScorer:
    """Letters and meaning added as z-scores: good enough to choose candidates with."""
    weights = np.array([name.endswith("_z") for name in FEATURES], dtype=np.float32)
    start = np.array([0.0, 1.0, 0.8, 0.05], dtype=np.float32)
    return PairScorer(weights, 0.0, start if background is None else background, 1.0)


def measure_background(task: MatchTask, library: Library) -> FloatArray:
    """Mean and deviation of both evidences over a large library."""
    letters = library.lexical.score(task.texts[:200]) / np.log1p(len(library))
    meaning = task.vectors[:200] @ library.vectors.T
    numbers = [
        letters.mean(),
        letters.std(axis=1).mean(),
        meaning.mean(),
        meaning.std(axis=1).mean(),
    ]
    return np.array(numbers, dtype=np.float32)


def fit_scorer(answered: MatchTask, unanswered: MatchTask, library: Library) -> PairScorer:
    """A calibrated probability that a post repeats an entry.

    Args:
        unanswered: posts whose claim the library does not hold: ordinary ones.
    """
    background = measure_background(answered, library)
    matcher = ClaimMatcher(library, plain_scorer(background))
    found = matcher.rank(answered.texts, answered.vectors)
    none = matcher.rank(unanswered.texts, unanswered.vectors)
    rows, labels = _pairs(found, answered.gold)
    more, _ = _pairs(none, unanswered.gold)
    features = np.concatenate([rows, more])
    is_own = np.concatenate([labels, np.zeros(len(more), dtype=bool)])
    weights = np.ones(len(is_own))
    weights[len(rows) :] = len(found) / max(1, len(none))  # one post in two has an answer
    scorer = _fitted(features, is_own, weights, background)
    hidden = [
        [candidate for candidate in candidates if candidate.index != gold]
        for candidates, gold in zip(found, answered.gold, strict=True)
    ]
    return _with_threshold(scorer, [*hidden, *none])


def _pairs(
    found: Sequence[Sequence[Candidate]], gold: NDArray[np.int64]
) -> tuple[FloatArray, NDArray[np.bool_]]:
    features = [candidate.features for candidates in found for candidate in candidates]
    labels = [
        candidate.index == own
        for candidates, own in zip(found, gold, strict=True)
        for candidate in candidates
    ]
    return np.array(features, dtype=np.float32), np.array(labels, dtype=bool)


def _fitted(
    features: FloatArray,
    is_own: NDArray[np.bool_],
    weights: NDArray[np.float64],
    background: FloatArray,
) -> PairScorer:
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=PENALTY, max_iter=5000, tol=1e-7)
    model.fit(((features - mean) / deviation).astype(np.float64), is_own, weights)
    slopes = (model.coef_[0] / deviation).astype(np.float32)
    intercept = float(model.intercept_[0] - (model.coef_[0] * mean / deviation).sum())
    return PairScorer(slopes, intercept, background, 1.0)


def _with_threshold(
    scorer: PairScorer, without_answer: Sequence[Sequence[Candidate]]
) -> PairScorer:
    """Strong from where posts without an answer in the library hardly ever come."""
    best = [
        float(scorer.probability(np.array([c.features for c in candidates])).max())
        for candidates in without_answer
        if candidates
    ]
    threshold = max(LEAST_STRONG, float(np.quantile(best, 1 - FALSE_STRONG_SHARE)))
    return PairScorer(scorer.weights, scorer.intercept, scorer.background, threshold)
