"""The figures of the model card: plain functions from scores to numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

Figures = dict[str, float]
LENGTH_BINS = (0, 80, 120, 170, 240, 400, 1_000_000)


def ranking_figures(ranks: NDArray[np.int64]) -> Figures:
    """Success at 1 and 10 and mean reciprocal rank.

    Args:
        ranks: place of the right title for each post, the best is 0.
    """
    return {
        "n": len(ranks),
        "S@1": float((ranks < 1).mean()),
        "S@10": float((ranks < 10).mean()),
        "MRR": float((1 / (ranks + 1)).mean()),
    }


def separation(positive: FloatArray, negative: FloatArray) -> Figures:
    """AUC, and recall at 5 % false flags of these very negatives."""
    labels = np.r_[np.ones(len(positive)), np.zeros(len(negative))]
    threshold = np.quantile(negative, 0.95)
    return {
        "n": len(negative),
        "AUC": float(roc_auc_score(labels, np.r_[positive, negative])),
        "recall@5%": float((positive > threshold).mean()),
    }


def separation_within_length(
    positive: FloatArray,
    positive_lengths: Sequence[int],
    negative: FloatArray,
    negative_lengths: Sequence[int],
) -> float:
    """Mean AUC over bins of length in characters, weighted by the smaller class of each bin."""
    scores, sizes = [], []
    for low, high in pairwise(LENGTH_BINS):
        ups = positive[[low <= length < high for length in positive_lengths]]
        downs = negative[[low <= length < high for length in negative_lengths]]
        if min(len(ups), len(downs)) >= 15:
            scores.append(separation(ups, downs)["AUC"])
            sizes.append(min(len(ups), len(downs)))
    return float(np.average(scores, weights=sizes)) if scores else float("nan")


def calibration_error(
    probabilities: FloatArray, labels: BoolArray, weights: NDArray[np.float64]
) -> float:
    """Expected calibration error over ten bins of equal width.

    Source: Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
    """
    bins = np.minimum((probabilities * 10).astype(int), 9)
    error = 0.0
    for number in range(10):
        rows = bins == number
        share = weights[rows].sum() / weights.sum()
        if share:
            gap = np.average(probabilities[rows] - labels[rows], weights=weights[rows])
            error += share * abs(float(gap))
    return error


def rounded(figures: Mapping[str, float]) -> Figures:
    """Three digits, which is more than the sample sizes bear."""
    return {name: round(float(value), 3) for name, value in figures.items()}
