"""The points of the plots, and what each threshold would flag."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classifier.evaluation.intervals import Scores, share_interval
from classifier.training.measuring import calibration_error

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

RECALLS = np.linspace(0.02, 1, 50)
THRESHOLDS = np.linspace(0.05, 0.95, 19)
N_BINS = 10


def precision_recall(scores: Scores, prior: float) -> list[tuple[float, float]]:
    """Precision at fifty recalls, where `prior` of all posts are hoaxes."""
    thresholds = np.quantile(scores.positive, 1 - RECALLS, method="lower")
    total = scores.weights.sum()
    points = []
    for recall, threshold in zip(RECALLS, thresholds, strict=True):
        found = prior * float((scores.positive >= threshold).mean())
        false = (1 - prior) * float(scores.weights[scores.negative >= threshold].sum() / total)
        points.append((round(float(recall), 3), round(found / (found + false), 4)))
    return points


def reliability(chances: FloatArray, is_hoax: BoolArray, weights: DoubleArray) -> dict[str, object]:
    """Ten bins of probability: what was said, what was so, and how many posts that rests on."""
    bins = np.minimum((chances * N_BINS).astype(int), N_BINS - 1)
    points = []
    for number in range(N_BINS):
        inside = bins == number
        if inside.any():
            said = float(np.average(chances[inside], weights=weights[inside]))
            so, low, high = share_interval(is_hoax[inside], weights[inside])
            points.append(
                {"said": round(said, 3), "so": so, "low": low, "high": high, "n": int(inside.sum())}
            )
    return {"ECE": round(calibration_error(chances, is_hoax, weights), 3), "points": points}


def threshold_table(
    chances: FloatArray,
    hoaxes: BoolArray,
    scams: BoolArray,
    ordinary: BoolArray,
    weights: DoubleArray,
) -> list[dict[str, float]]:
    """Shares flagged from each threshold on; ordinary posts with their sources counting alike."""
    share = weights[ordinary] / weights[ordinary].sum()
    return [
        {
            "threshold": round(float(threshold), 2),
            "hoaxes": round(float((chances[hoaxes] >= threshold).mean()), 4),
            "scams": round(float((chances[scams] >= threshold).mean()), 4),
            "ordinary": round(float(share[chances[ordinary] >= threshold].sum()), 4),
        }
        for threshold in THRESHOLDS
    ]
