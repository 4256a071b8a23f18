"""How far two groups of posts are apart, and whether chance alone could do that.

Source: Siddiqi 2006, "Credit Risk Scorecards" (population stability index and its usual bounds).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]

NOTABLE = 0.2
"""From this index on a shift counts as one; under 0.1 it is called small."""
BY_CHANCE = 3.0
"""So many times what chance alone would give on average."""
NOTABLE_MEANING = 0.25
"""Distance of the middles, in units of the posts' own spread around them."""
N_PERMUTATIONS = 200
RAREST = 0.01
_SMALLEST = 0.5


def stability_index(now: Counter[str], before: Counter[str]) -> float:
    """0 for the same shares; empty cells count as half a post."""
    cells = sorted(set(now) | set(before))
    if not cells:
        return 0.0
    shares = []
    for counts in (now, before):
        values = np.array([max(counts[cell], _SMALLEST) for cell in cells], dtype=np.float64)
        shares.append(values / values.sum())
    return float(((shares[0] - shares[1]) * np.log(shares[0] / shares[1])).sum())


def is_notable(index: float, now: Counter[str], before: Counter[str]) -> bool:
    """Whether an index is large, and larger than two samples of one kind would give."""
    n_cells = len(set(now) | set(before))
    by_chance = (n_cells - 1) * (1 / max(1, now.total()) + 1 / max(1, before.total()))
    return index >= max(NOTABLE, BY_CHANCE * by_chance)


def binned(values: Sequence[float], bounds: Sequence[float]) -> Counter[str]:
    """How many values fall between which bounds."""
    return Counter(str(place) for place in np.searchsorted(bounds, values, side="right").tolist())


def meaning_distance(now: FloatArray, before: FloatArray) -> float:
    """Between the middles of two groups of vectors, in units of their spread; 0 for empty ones."""
    if not len(now) or not len(before):
        return 0.0
    spread = (_spread(now) * len(now) + _spread(before) * len(before)) / (len(now) + len(before))
    gap = now.mean(axis=0, dtype=np.float64) - before.mean(axis=0, dtype=np.float64)
    return float(np.linalg.norm(gap) / max(spread, 1e-9) ** 0.5)


def rarity(now: FloatArray, before: FloatArray, seed: int = 0) -> float:
    """The share of random divisions of the same vectors that are as far apart."""
    together = np.concatenate([now, before])
    measured = meaning_distance(now, before)
    rng = np.random.default_rng(seed)
    further = 0
    for _ in range(N_PERMUTATIONS):
        order = rng.permutation(len(together))
        divided = together[order[: len(now)]], together[order[len(now) :]]
        further += meaning_distance(*divided) >= measured
    return (further + 1) / (N_PERMUTATIONS + 1)


def _spread(vectors: FloatArray) -> float:
    return float(vectors.var(axis=0, dtype=np.float64).sum())
