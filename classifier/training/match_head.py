"""Fits the small scorer that weighs a post's candidates, its calibration and strong threshold.

Fitted on the dev period only: the encoder's adapter has seen the pairs of the training period, so
that there meaning would look better than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from classifier.library import Library
from classifier.matching import FEATURES, Candidate, ClaimMatcher, ListScorer

FloatArray = NDArray[np.float32]
Doubles = NDArray[np.float64]

FALSE_STRONG_SHARE = 0.008
"""A little less than the hundredth that is promised, since newer posts are a little harder."""
LEAST_STRONG = 0.5
PENALTY = 2e-3
UNANSWERED_WEIGHT = 0.1
"""What a post without an answer counts beside one with: most posts that are asked have one."""
N_FOLDS = 5


@dataclass(frozen=True, slots=True)
class MatchTask:
    """Posts, their vectors, and which library entry answers each; -1 where none does."""

    texts: Sequence[str]
    vectors: FloatArray
    gold: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CandidateList:
    """The candidates of one post, in library order."""

    features: FloatArray
    is_own: NDArray[np.bool_]
    weight: float = 1.0

    def without_own(self) -> CandidateList:
        """As if the library did not hold the post's own fact-check."""
        kept = ~self.is_own
        return CandidateList(self.features[kept], self.is_own[kept], UNANSWERED_WEIGHT)


def plain_scorer(background: FloatArray | None = None) -> ListScorer:
    """Letters and meaning added as z-scores: good enough to choose candidates with."""
    weights = np.array([name.endswith("_z") for name in FEATURES], dtype=np.float32)
    start = np.array([0.0, 1.0, 0.3, 0.15], dtype=np.float32)
    return ListScorer(weights, 0.0, start if background is None else background, (1.0, 0.0), 1.0)


def measure_background(task: MatchTask, library: Library) -> FloatArray:
    """Mean and deviation of both evidences over a large library."""
    letters = library.letters.score(task.texts[:200]) / np.log1p(len(library))
    meaning = library.likeness(task.vectors[:200])
    numbers = [
        letters.mean(),
        letters.std(axis=1).mean(),
        meaning.mean(),
        meaning.std(axis=1).mean(),
    ]
    return np.array(numbers, dtype=np.float32)


def fit_scorer(answered: MatchTask, unanswered: MatchTask, library: Library) -> ListScorer:
    """A calibrated probability that a post repeats an entry.

    Args:
        answered: in order of time, so that folds are periods.
        unanswered: posts whose claim the library does not hold: ordinary ones.
    """
    background = measure_background(answered, library)
    matcher = ClaimMatcher(library, plain_scorer(background))
    own = candidate_lists(matcher.rank(answered.texts, answered.vectors), answered.gold)
    none = candidate_lists(matcher.rank(unanswered.texts, unanswered.vectors), unanswered.gold)
    scorer = _fitted([*own, *_hidden(own), *none], background)
    right, hidden, ordinary = _cross_fitted(own, none, background)
    calibration = _calibration(*right)
    strongest = max(float(np.quantile(odds, 1 - FALSE_STRONG_SHARE)) for odds in (hidden, ordinary))
    scale, shift = calibration
    strong = 1 / (1 + np.exp(-(scale * strongest + shift)))
    return replace(
        scorer, calibration=calibration, strong_threshold=max(LEAST_STRONG, float(strong))
    )


def candidate_lists(
    found: Sequence[Sequence[Candidate]], gold: NDArray[np.int64]
) -> list[CandidateList]:
    """Each post's candidates as the fit reads them."""
    lists = []
    for candidates, own in zip(found, gold, strict=True):
        features = np.array([candidate.features for candidate in candidates], dtype=np.float32)
        is_own = np.array([candidate.index == own for candidate in candidates], dtype=bool)
        lists.append(CandidateList(features, is_own, 1.0 if own >= 0 else UNANSWERED_WEIGHT))
    return lists


def _hidden(lists: Sequence[CandidateList]) -> list[CandidateList]:
    return [candidates.without_own() for candidates in lists]


def _cross_fitted(
    own: Sequence[CandidateList], none: Sequence[CandidateList], background: FloatArray
) -> tuple[tuple[Doubles, NDArray[np.bool_]], Doubles, Doubles]:
    """Log-odds of first matches by scorers that were fitted on other periods.

    Returns:
        Those of answered posts with whether they are right; those of the same posts with their own
        fact-check hidden; those of posts without an answer.
    """
    odds, hidden = np.empty(len(own)), np.empty(len(own))
    is_right, ordinary = np.empty(len(own), dtype=bool), np.empty(len(none))
    periods = np.arange(len(own)) * N_FOLDS // max(1, len(own))
    groups = np.arange(len(none)) % N_FOLDS
    for fold in range(N_FOLDS):
        lesson = [c for c, period in zip(own, periods, strict=True) if period != fold]
        others = [c for c, group in zip(none, groups, strict=True) if group != fold]
        scorer = _fitted([*lesson, *_hidden(lesson), *others], background)
        for place in np.flatnonzero(periods == fold).tolist():
            odds[place], is_right[place] = _first(scorer, own[place])
            hidden[place], _ = _first(scorer, own[place].without_own())
        for place in np.flatnonzero(groups == fold).tolist():
            ordinary[place], _ = _first(scorer, none[place])
    return (odds, is_right), hidden, ordinary


def _first(scorer: ListScorer, candidates: CandidateList) -> tuple[float, bool]:
    """Log-odds of the first match, and whether it is the right one."""
    chances = scorer.probability(candidates.features).astype(np.float64)
    if not len(chances):
        return -30.0, False
    best = int(chances.argmax())
    chance = float(np.clip(chances[best], 1e-7, 1 - 1e-7))
    return float(np.log(chance / (1 - chance))), bool(candidates.is_own[best])


def _calibration(odds: Doubles, is_right: NDArray[np.bool_]) -> tuple[float, float]:
    """Scale and shift of log-odds. Source: Platt 1999."""
    if is_right.all() or not is_right.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e6, max_iter=1000).fit(odds[:, None], is_right)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _fitted(lists: Sequence[CandidateList], background: FloatArray) -> ListScorer:
    """The weights under which each post's own entry, or none, is most probable."""
    lists = [candidates for candidates in lists if len(candidates.features)]
    features = np.concatenate([candidates.features for candidates in lists]).astype(np.float64)
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    is_own = np.concatenate([candidates.is_own for candidates in lists])
    sizes = np.array([len(candidates.features) for candidates in lists])
    weights = np.array([candidates.weight for candidates in lists])
    answer = minimize(
        _loss,
        np.zeros(features.shape[1] + 1),
        args=((features - mean) / deviation, is_own, sizes, weights / weights.sum()),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500},
    )
    slopes = answer.x[:-1] / deviation
    intercept = float(answer.x[-1] - (slopes * mean).sum())
    return ListScorer(slopes.astype(np.float32), intercept, background, (1.0, 0.0), 1.0)


def _loss(
    parameters: Doubles,
    features: Doubles,
    is_own: NDArray[np.bool_],
    sizes: NDArray[np.int64],
    weights: Doubles,
) -> tuple[float, Doubles]:
    """Negative log-likelihood with "none of them" at log-odds 0, and its gradient."""
    logits = features @ parameters[:-1] + parameters[-1]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    highest = np.maximum(np.maximum.reduceat(logits, starts), 0.0)
    shares = np.exp(logits - np.repeat(highest, sizes))
    sums = np.add.reduceat(shares, starts) + np.exp(-highest)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    loss = float(weights @ (highest + np.log(sums)) - (weights[owner] * is_own * logits).sum())
    pull = weights[owner] * (shares / sums[owner] - is_own)
    gradient = np.append(features.T @ pull, pull.sum())
    gradient[:-1] += 2 * PENALTY * parameters[:-1]
    return loss + PENALTY * float(parameters[:-1] @ parameters[:-1]), gradient
