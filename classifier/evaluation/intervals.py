"""Figures with the interval that chance alone would give them: 95 %, by resampling the rows.

Source: Efron & Tibshirani 1993, "An Introduction to the Bootstrap" (percentile intervals).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]

DRAWS = 400
LOWEST, HIGHEST = 0.025, 0.975
FALSE_FLAG_SHARE = 0.05
FEWEST_ROWS = 10
"""Fewer on either side are no measure."""

Interval = tuple[float, float, float]
"""The figure, then from where to where it may well lie."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What one model gave to rows worth a decision and to ordinary ones."""

    positive: FloatArray
    negative: FloatArray
    weights: DoubleArray
    """Of the ordinary rows, so that their sources count alike; shape (n_negative,)."""

    def enough(self) -> bool:
        """Whether there are rows enough to measure on."""
        return min(len(self.positive), len(self.negative)) >= FEWEST_ROWS


def separation_intervals(scores: Scores, prior: float, seed: int = 0) -> dict[str, Interval]:
    """AUC, recall at 5 % false flags, and average precision where `prior` of posts are positive."""
    ups, downs = _draws(scores, seed)
    return {
        "AUC": _interval(_areas(scores, ups, downs)),
        "recall@5%": _interval(_recalls(scores, ups, downs)),
        "AP": _interval(_precisions(scores, ups, downs, prior)),
    }


def share_interval(hits: NDArray[np.bool_], weights: DoubleArray, seed: int = 0) -> Interval:
    """A weighted share; shapes (n,)."""
    counts = _counts(len(hits), seed) * weights
    return _interval((counts @ hits) / counts.sum(axis=1))


def mean_interval(values: DoubleArray, seed: int = 0) -> Interval:
    """A mean."""
    counts = _counts(len(values), seed)
    return _interval((counts @ values) / counts.sum(axis=1))


def _draws(scores: Scores, seed: int) -> tuple[DoubleArray, DoubleArray]:
    """How often each row was drawn, the first time every row once; shapes (n_draws, n)."""
    ups = _counts(len(scores.positive), seed)
    downs = _counts(len(scores.negative), seed + 1) * scores.weights
    return ups, downs


def _counts(n_rows: int, seed: int) -> DoubleArray:
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(n_rows, np.full(n_rows, 1 / n_rows), size=DRAWS).astype(np.float64)
    return np.vstack([np.ones(n_rows), drawn])


def _interval(values: DoubleArray) -> Interval:
    """The figure of the rows themselves, and the spread of the draws."""
    low, high = np.quantile(values[1:], [LOWEST, HIGHEST])
    return round(float(values[0]), 3), round(float(low), 3), round(float(high), 3)


def _areas(scores: Scores, ups: DoubleArray, downs: DoubleArray) -> DoubleArray:
    above = scores.positive[:, None] > scores.negative
    equal = scores.positive[:, None] == scores.negative
    wins = above.astype(np.float64) + 0.5 * equal
    sums: DoubleArray = ((ups @ wins) * downs).sum(axis=1)
    areas: DoubleArray = sums / (ups.sum(axis=1) * downs.sum(axis=1))
    return areas


def _recalls(scores: Scores, ups: DoubleArray, downs: DoubleArray) -> DoubleArray:
    """Share of positives above the score that 5 % of the ordinary weight exceeds."""
    order = np.argsort(-scores.negative, kind="stable")
    above = np.cumsum(downs[:, order], axis=1) / downs.sum(axis=1, keepdims=True)
    places = np.minimum((above <= FALSE_FLAG_SHARE).sum(axis=1), len(order) - 1)
    thresholds = scores.negative[order][places]
    found = scores.positive > thresholds[:, None]
    recalls: DoubleArray = (ups * found).sum(axis=1) / ups.sum(axis=1)
    return recalls


def _precisions(scores: Scores, ups: DoubleArray, downs: DoubleArray, prior: float) -> DoubleArray:
    """Mean precision over the positives, each at its own score."""
    values = np.concatenate([scores.positive, scores.negative])
    order = np.argsort(-values, kind="stable")
    right = np.hstack([prior * ups / ups.sum(axis=1, keepdims=True), np.zeros_like(downs)])
    wrong = np.hstack([np.zeros_like(ups), (1 - prior) * downs / downs.sum(axis=1, keepdims=True)])
    found, false = (np.cumsum(side[:, order], axis=1) for side in (right, wrong))
    precision = found / np.maximum(found + false, 1e-12)
    means: DoubleArray = (precision * right[:, order]).sum(axis=1) / prior
    return means
