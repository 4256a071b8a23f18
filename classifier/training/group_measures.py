"""How well groups fit the claims that posts are known to tell: pairwise and B-cubed.

Source: Amigó et al. 2009, "A comparison of extrinsic clustering evaluation metrics".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from classifier.training.group_gold import GoldGroups

DoubleArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Counts by claim, so that claims can be drawn anew for intervals; shape (n_claims,)."""

    found: DoubleArray
    """Pairs of one claim in one group."""
    wrong: DoubleArray
    """Pairs of two claims in one group, half with each; with an ordinary post the whole."""
    wanted: DoubleArray
    """Pairs of one claim."""
    by_kind: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Found and wanted pairs by the kinds of their posts."""

    def scores(self, drawn: DoubleArray | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1.

        Args:
            drawn: how often each claim counts; each once where it is None.
        """
        times = np.ones(len(self.found)) if drawn is None else drawn
        found, wrong, wanted = (
            float(times @ each) for each in (self.found, self.wrong, self.wanted)
        )
        precision, recall = found / max(found + wrong, 1e-9), found / max(wanted, 1e-9)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def count_pairs(gold: GoldGroups, groups: Sequence[str]) -> PairCounts:
    """Pairs of ordinary posts are not judged, nor those of claims that may be one."""
    n_claims = int(gold.claims.max()) + 1
    found, wrong, wanted = (np.zeros(n_claims) for _ in range(3))
    together: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    for one, other in _pairs(_by_value(gold.claims.tolist(), skip=-1)):
        wanted[gold.posts[one].claim] += 1
        asked[_kinds(gold, one, other)] += 1
    for one, other in _pairs(_by_value(groups)):
        claims = gold.posts[one].claim, gold.posts[other].claim
        if claims[0] == claims[1] >= 0:
            found[claims[0]] += 1
            together[_kinds(gold, one, other)] += 1
        elif (min(claims), max(claims)) not in gold.unsure and max(claims) >= 0:
            known = [claim for claim in claims if claim >= 0]
            wrong[known] += 1 / len(known)
    by_kind = {kinds: (together[kinds], count) for kinds, count in asked.items()}
    return PairCounts(found, wrong, wanted, by_kind)


def b_cubed(gold: GoldGroups, groups: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the posts that tell a known claim, each post alike."""
    in_group, of_claim = _by_value(groups), _by_value(gold.claims.tolist(), skip=-1)
    precisions, recalls = [], []
    for place, post in enumerate(gold.posts):
        if post.claim >= 0:
            mates = [other for other in in_group[groups[place]] if _is_judged(gold, place, other)]
            same = sum(gold.posts[other].claim == post.claim for other in mates)
            precisions.append(same / len(mates))
            recalls.append(same / len(of_claim[post.claim]))
    precision, recall = float(np.mean(precisions)), float(np.mean(recalls))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _is_judged(gold: GoldGroups, one: int, other: int) -> bool:
    claims = gold.posts[one].claim, gold.posts[other].claim
    return (min(claims), max(claims)) not in gold.unsure


def _kinds(gold: GoldGroups, one: int, other: int) -> tuple[str, str]:
    first, second = sorted((gold.posts[one].kind, gold.posts[other].kind))
    return first, second


def _by_value(values: Sequence[object], skip: object = None) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for place, value in enumerate(values):
        if value != skip:
            found.setdefault(value, []).append(place)
    return found


def _pairs(groups: dict[object, list[int]]) -> list[tuple[int, int]]:
    return [
        (members[one], members[other])
        for members in groups.values()
        for other in range(len(members))
        for one in range(other)
    ]
