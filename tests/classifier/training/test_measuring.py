"""Figures that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.training.measuring import (
    calibration_error,
    ranking_figures,
    separation,
    separation_within_length,
)


def test_ranking_figures_of_three_posts() -> None:
    figures = ranking_figures(np.array([0, 1, 10_000]))
    assert figures["S@1"] == pytest.approx(1 / 3)
    assert figures["S@10"] == pytest.approx(2 / 3)
    assert figures["MRR"] == pytest.approx(0.5, abs=0.001)


def test_perfect_and_useless_separation() -> None:
    low, high = np.arange(20, dtype=np.float32), np.arange(20, 40, dtype=np.float32)
    assert separation(high, low)["AUC"] == 1.0
    assert separation(high, low)["recall@5%"] == 1.0
    assert separation(low, low)["AUC"] == pytest.approx(0.5)


def test_a_score_that_only_knows_length_separates_nothing_within_length() -> None:
    long, short = [300] * 40, [100] * 40
    scores = np.array([300.0] * 40 + [100.0] * 40, dtype=np.float32)
    within = separation_within_length(scores, long + short, scores, long + short)
    assert within == pytest.approx(0.5)


def test_calibration_error_of_honest_and_of_boasting_probabilities() -> None:
    labels = np.array([True, False] * 50)
    ones = np.ones(100)
    assert calibration_error(np.full(100, 0.5, np.float32), labels, ones) == pytest.approx(0)
    boasting = calibration_error(np.full(100, 0.95, np.float32), labels, ones)
    assert boasting == pytest.approx(0.45)
