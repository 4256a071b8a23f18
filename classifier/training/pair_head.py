"""Fits the scorer of pairs of posts on what the adapter has not seen: dev period, other claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifier.artefact import save_artefact
from classifier.encoder import Encoder
from classifier.grouping.assigning import RIVALS, Grouping, crowding_of
from classifier.grouping.pairs import FEATURES, GROUPS, PairScorer, pair_features
from classifier.grouping.placing import NEIGHBOURS
from classifier.grouping.streaming import nearest
from classifier.grouping.views import ClaimView, Rarity, build_view
from classifier.remembering import remembered_vectors
from classifier.training.claims import claims_for_scorer
from classifier.training.corpus import data_hash, read_pairs
from classifier.training.group_gold import RETOLD, GoldGroups, build_gold, with_claims
from classifier.training.group_measures import count_pairs
from classifier.training.splits import DEV, TRAIN
from indices.progress import Progress
from indices.settings import cache_dir

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]

VERSION = "0.1"
STRENGTH = 3.0
"""Inverse of the penalty on the weights of features of unit spread."""
FROM_AFAR = 12
"""Posts drawn for each one, wherever they lie: in a store of few posts they are its neighbours."""
THRESHOLDS = (0.5, 0.6, 0.7)
"""Only what is more likely one claim than not: a wrong post in a group is worse than two groups."""


@dataclass(frozen=True, slots=True)
class PairRows:
    """Pairs of posts that lie near each other or tell one claim."""

    features: FloatArray
    is_same: NDArray[np.bool_]


def fit_pairs(directory: Path, output: Path, encoder: Encoder, progress: Progress) -> PairScorer:
    """Fit on January to June 2025 and on invented claims, and write the group part at `output`."""
    pairs = [pair for pair in read_pairs(directory) if pair.split == TRAIN]
    rarity = Rarity.learnt_from([text for pair in pairs for text in (pair.text, pair.title)])
    real = build_gold(directory, DEV)
    gold = with_claims(real, [claim for both in claims_for_scorer() for claim in both])
    views = build_views(gold, read_vectors(gold, encoder, progress), rarity)
    scorer = with_threshold(fit_scorer(gold, views, rarity), gold, views)
    _write(output / GROUPS, scorer, {"encoder": encoder.name, "data": data_hash(directory)})
    return scorer


def read_vectors(gold: GoldGroups, encoder: Encoder, progress: Progress) -> FloatArray:
    """Of the posts, remembered between runs by their words."""
    texts = [post.text for post in gold.posts]
    name = f"groups-{len(texts)}"
    return remembered_vectors(encoder, texts, cache_dir() / name, progress, "Encoding: groups")


def build_views(gold: GoldGroups, vectors: FloatArray, rarity: Rarity) -> list[ClaimView]:
    """What is compared of each post."""
    return [
        build_view(post.text, vector, rarity)
        for post, vector in zip(gold.posts, vectors, strict=True)
    ]


def fit_scorer(gold: GoldGroups, views: Sequence[ClaimView], rarity: Rarity) -> PairScorer:
    """The weights; they join what is more likely one claim than not."""
    vectors = np.array([view.vector for view in views])
    likeness = vectors @ vectors.T
    rivals = [_rivals(gold, likeness[place], place) for place in range(len(views))]
    usual = float(np.mean([c for found in rivals for c in list(found.values())[:RIVALS]]))
    rows = collect_pairs(gold, views, likeness, (rivals, usual))
    mean, spread = rows.features.mean(axis=0), rows.features.std(axis=0) + 1e-6
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000)
    fitted.fit((rows.features - mean) / spread, rows.is_same)
    weights = (fitted.coef_[0] / spread).astype(np.float32)
    intercept = float(fitted.intercept_[0] - weights @ mean)
    unit = spread.astype(np.float32)
    return PairScorer(weights, intercept, rarity, THRESHOLDS[0], usual, unit)


def with_threshold(scorer: PairScorer, gold: GoldGroups, views: Sequence[ClaimView]) -> PairScorer:
    """The threshold that groups collected posts best as they come; invented ones have no say."""
    places = [place for place, post in enumerate(gold.posts) if post.kind != RETOLD]
    real = replace(gold, posts=[gold.posts[place] for place in places])
    theirs = [views[place] for place in places]
    return max(
        (replace(scorer, join_threshold=threshold) for threshold in THRESHOLDS),
        key=lambda each: count_pairs(real, group_in_order(theirs, each)).scores()[2],
    )


def collect_pairs(
    gold: GoldGroups,
    views: Sequence[ClaimView],
    likeness: FloatArray,
    rivals: tuple[Sequence[Mapping[int, float]], float],
) -> PairRows:
    """Each post that tells a claim, with neighbours, all others of its claim, and some from afar.

    Without these a low cosine would be known from posts of one claim alone, and speak for it.

    Args:
        rivals: cosines of each post with the nearest of other claims, and what is usual.
    """
    claims = _named(gold)
    rows: list[list[float]] = []
    same: list[bool] = []
    chance = np.random.default_rng(0)
    for place in np.flatnonzero(claims >= 0).tolist():
        near = set(nearest(likeness[place], NEIGHBOURS + 1))
        near |= set(np.flatnonzero(claims == claims[place]).tolist())
        near |= set(chance.integers(len(views), size=FROM_AFAR).tolist())
        for other in sorted(near - {place}):
            both = int(claims[place]), int(claims[other])
            if (min(both), max(both)) not in gold.unsure and views[other].says_something:
                crowding = [_crowding(rivals[0][one], both, rivals[1]) for one in (place, other)]
                shown = pair_features(views[place], views[other])
                rows.append([*shown, max(crowding), min(crowding)])
                same.append(both[0] == both[1])
    return PairRows(np.array(rows, np.float32), np.array(same))


def _crowding(rivals: Mapping[int, float], both: tuple[int, int], usual: float) -> float:
    """As a post finds it that asks whether the two are one: neither of them is a rival."""
    return crowding_of([cosine for claim, cosine in rivals.items() if claim not in both], usual)


def _named(gold: GoldGroups) -> NDArray[np.int64]:
    """The claim of each post, each ordinary post being the only one of its own."""
    claims = gold.claims
    claims[claims < 0] = -1 - np.arange(len(claims))[claims < 0]
    return claims


def group_in_order(views: Sequence[ClaimView], scorer: PairScorer) -> list[str]:
    """The group of each post, placed one by one as a stream would be."""
    grouping, groups = Grouping(scorer), []
    vectors = np.array([view.vector for view in views])
    for place, view in enumerate(views):
        cosines = vectors[:place] @ view.vector
        near = [(str(other), float(cosines[other])) for other in nearest(cosines, NEIGHBOURS)]
        groups.append(grouping.place(str(place), view, near, str(place)).group_id)
    return groups


def _rivals(gold: GoldGroups, likeness: FloatArray, place: int) -> dict[int, float]:
    """Cosines with the nearest posts of other claims, one each, the highest first."""
    claims = _named(gold)
    found: dict[int, float] = {}
    for other in nearest(likeness, NEIGHBOURS + 1):
        if claims[other] != claims[place]:
            found.setdefault(int(claims[other]), float(likeness[other]))
    return found


def _write(directory: Path, scorer: PairScorer, learnt_from: dict[str, Any]) -> None:
    heads: dict[str, FloatArray] = {
        "pair.weights": scorer.weights,
        "pair.numbers": np.array([scorer.intercept, scorer.usual_crowding], np.float32),
        "pair.spread": scorer.spread,
        "pair.rarity": scorer.rarity.weights.astype(np.float16).astype(np.float32),
    }
    facts = {"version": VERSION, "features": list(FEATURES)}
    save_artefact(directory, heads, facts | {"join_threshold": scorer.join_threshold} | learnt_from)
