"""How well claim groups hold together what tells one claim, on posts of the test period.

The data has one post a fact-check: what stands in for a second one is told in
`classifier.training.group_gold`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from classifier.encoder import Encoder
from classifier.evaluation.intervals import DRAWS, HIGHEST, LOWEST
from classifier.grouping.pairs import PairScorer
from classifier.training.group_gold import COPIES, WORDED, GoldGroups, build_gold
from classifier.training.group_measures import PairCounts, b_cubed, count_pairs
from classifier.training.pair_head import build_views, group_in_order, read_vectors
from classifier.training.splits import TEST
from indices.progress import Progress

_GOLDS = {
    "all second tellings": (WORDED, *COPIES),
    "as the fact-checker worded it": (WORDED,),
    "copies: reworded, cut, forwarded": COPIES,
}


def measure_claim_groups(
    directory: Path, encoder: Encoder, scorer: PairScorer, progress: Progress
) -> dict[str, Any]:
    """Figures for each kind of second telling, and which kinds come together.

    Args:
        directory: of the research data.
        encoder: the one for matching.
    """
    gold = build_gold(directory, TEST)
    vectors = read_vectors(gold, encoder, progress)
    figures: dict[str, Any] = {}
    together: dict[str, list[float]] = {}
    for name, part, places in iter_parts(gold):
        groups = group_in_order(build_views(part, vectors[places], scorer.rarity), scorer)
        counts = count_pairs(part, groups)
        figures[name] = figures_of(part, groups, counts)
        together = together or {
            f"{one}, {other}": [wanted, round(found / wanted, 3)]
            for (one, other), (found, wanted) in sorted(counts.by_kind.items())
        }
    return {"join_threshold": scorer.join_threshold, "golds": figures, "together": together}


def iter_parts(gold: GoldGroups) -> Iterator[tuple[str, GoldGroups, list[int]]]:
    """The same posts with some kinds of second tellings only, and where they stand in the whole."""
    for name, kinds in _GOLDS.items():
        left_out = {WORDED, *COPIES} - set(kinds)
        places = [place for place, post in enumerate(gold.posts) if post.kind not in left_out]
        yield name, replace(gold, posts=[gold.posts[place] for place in places]), places


def figures_of(gold: GoldGroups, groups: Sequence[str], counts: PairCounts) -> dict[str, Any]:
    """Pairwise and B-cubed; F1 with its interval, claims drawn anew."""
    precision, recall, f1 = counts.scores()
    low, high = _interval(counts)
    return {
        "posts": len(gold.posts),
        "pairs": int(counts.wanted.sum()),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "F1": [round(value, 4) for value in (f1, low, high)],
        "B-cubed F1": round(b_cubed(gold, groups)[2], 4),
    }


def _interval(counts: PairCounts) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    n_claims = len(counts.found)
    draws = rng.multinomial(n_claims, np.full(n_claims, 1 / n_claims), size=DRAWS)
    drawn = [counts.scores(times.astype(np.float64))[2] for times in draws]
    low, high = np.quantile(drawn, [LOWEST, HIGHEST])
    return float(low), float(high)
