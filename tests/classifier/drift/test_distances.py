"""Alike is near, another kind is far, and few posts prove nothing."""

from __future__ import annotations

from collections import Counter

import numpy as np

from classifier.drift.distances import binned, is_notable, meaning_distance, rarity, stability_index


def vectors(n_rows: int, shift: float, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(0, 1, (n_rows, 16)).astype(np.float32)
    rows[:, 0] += shift
    return rows


def test_the_same_shares_are_no_distance() -> None:
    assert stability_index(Counter(id=30, en=10), Counter(id=300, en=100)) == 0
    assert stability_index(Counter(), Counter()) == 0


def test_a_large_shift_is_notable_among_many_and_not_among_few() -> None:
    now, before = Counter(id=150, en=150), Counter(id=900, en=100)
    assert is_notable(stability_index(now, before), now, before)
    few, some = Counter(id=3, en=2), Counter(id=9, en=1)
    assert not is_notable(stability_index(few, some), few, some)


def test_values_are_counted_between_their_bounds() -> None:
    assert binned([0.05, 0.15, 0.15, 0.95], [0.1, 0.9]) == Counter({"0": 1, "1": 2, "2": 1})


def test_chance_explains_a_small_gap_and_not_a_large_one() -> None:
    before = vectors(300, 0, 1)
    same, other = vectors(200, 0, 2), vectors(200, 2, 3)
    assert meaning_distance(same, before) < meaning_distance(other, before)
    assert rarity(same, before) > 0.05
    assert rarity(other, before) < 0.01
