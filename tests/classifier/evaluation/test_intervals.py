"""Intervals hold the figure, agree with scikit-learn, and narrow with more rows."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from classifier.evaluation.intervals import Scores, separation_intervals, share_interval


def drawn(n_rows: int, mean: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(mean, 1, n_rows).astype(np.float32)


def scores(n_rows: int = 300) -> Scores:
    return Scores(drawn(n_rows, 1.5, 1), drawn(n_rows, 0, 2), np.ones(n_rows))


def test_area_and_precision_are_those_of_scikit_learn() -> None:
    measured = scores()
    labels = np.r_[np.ones(300), np.zeros(300)]
    values = np.r_[measured.positive, measured.negative]
    found = separation_intervals(measured, prior=0.5)
    assert found["AUC"][0] == pytest.approx(roc_auc_score(labels, values), abs=6e-4)
    assert found["AP"][0] == pytest.approx(average_precision_score(labels, values), abs=6e-4)


def test_the_figure_lies_in_its_interval_which_narrows_with_more_rows() -> None:
    few, many = (separation_intervals(scores(n), prior=0.2) for n in (40, 2_000))
    for key in ("AUC", "recall@5%", "AP"):
        for figure, low, high in (few[key], many[key]):
            assert low <= figure <= high
        assert many[key][2] - many[key][1] < few[key][2] - few[key][1]


def test_a_source_with_more_weight_counts_more() -> None:
    hits = np.array([True] * 50 + [False] * 50)
    assert share_interval(hits, np.ones(100))[0] == 0.5
    assert share_interval(hits, np.r_[np.full(50, 3.0), np.ones(50)])[0] == 0.75


def test_recall_at_five_percent_lets_only_so_many_ordinary_posts_through() -> None:
    negative = np.arange(100, dtype=np.float32)
    positive = np.array([93.5, 94.5, 95.5, 99.5] * 5, dtype=np.float32)
    found = separation_intervals(Scores(positive, negative, np.ones(100)), prior=0.2)
    assert found["recall@5%"][0] == 0.75
