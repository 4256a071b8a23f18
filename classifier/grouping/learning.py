"""What people ruled of pairs teaches the pair scorer, anew each time it is put to work.

Nothing is stored: a ruling that is taken back teaches nothing any longer. The learnt weights stay
near those that were fitted on the research data, the nearer the fewer rulings there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from classifier.grouping.pairs import FEATURES, PairScorer, pair_features
from classifier.grouping.placing import read_views
from indices.claim_groups.rulings import latest_rulings
from indices.documents import GroupRuling
from indices.store import Store

Doubles = NDArray[np.float64]

MOST_RULINGS = 500
"""The newest ones teach; reading them takes a second."""
FEWEST_RULINGS = 5
STIFFNESS = 30.0
"""As if so many pairs had fixed each weight already, in units of the feature's spread."""


def taught_scorer(scorer: PairScorer, store: Store) -> PairScorer:
    """The scorer, moved towards what people ruled; the same one where they ruled little."""
    rulings = list(latest_rulings(store.iter_group_rulings()).values())
    said = [ruling for ruling in rulings if ruling.same_claim is not None][-MOST_RULINGS:]
    features, is_same = _read(said, scorer, store)
    if len(features) < FEWEST_RULINGS:
        return scorer
    return learn(scorer, features, is_same)


def learn(scorer: PairScorer, features: Doubles, is_same: NDArray[np.bool_]) -> PairScorer:
    """The most probable weights after these pairs.

    Args:
        features: shape (n_pairs, n_features).
    """
    spread = np.append(scorer.spread, 1.0).astype(np.float64)
    before = np.append(scorer.weights, scorer.intercept).astype(np.float64)
    columns = np.hstack([features, np.ones((len(features), 1))])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        logits = columns @ weights
        away = (weights - before) * spread
        value = np.logaddexp(0, logits).sum() - logits[is_same].sum()
        slope = columns.T @ (1 / (1 + np.exp(-np.clip(logits, -30, 30))) - is_same)
        return float(value + STIFFNESS / 2 * away @ away), slope + STIFFNESS * away * spread

    found = minimize(loss, before, jac=True, method="L-BFGS-B").x
    return replace(scorer, weights=found[:-1].astype(np.float32), intercept=float(found[-1]))


def _read(
    rulings: Sequence[GroupRuling], scorer: PairScorer, store: Store
) -> tuple[Doubles, NDArray[np.bool_]]:
    keys = sorted({key for ruling in rulings for key in ruling.pair})
    views = read_views(store, keys, scorer)
    crowding = {key: member.crowding for key, member in store.find_members(keys).items()}
    rows, same = [], []
    for ruling in rulings:
        one, other = ruling.pair
        if one in views and other in views and views[one].says_something:
            near = [crowding.get(key, scorer.usual_crowding) for key in ruling.pair]
            rows.append([*pair_features(views[one], views[other]), max(near), min(near)])
            same.append(bool(ruling.same_claim))
    return np.array(rows, np.float64).reshape(-1, len(FEATURES)), np.array(same, bool)
