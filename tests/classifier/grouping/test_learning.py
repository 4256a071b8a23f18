"""People's words on pairs move the scorer, a little each, and no further once taken back."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.artefact import SHIPPED, load_artefact
from classifier.grouping.learning import FEWEST_RULINGS, learn, taught_scorer
from classifier.grouping.pairs import FEATURES, PairScorer, load_pair_scorer
from indices.jobs import JobContext
from tests.classifier.grouping.test_assigning import PRIZE, view
from tests.classifier.grouping.test_nightly import bring, context, rule

__all__ = ["context"]


@pytest.fixture(scope="module")
def scorer() -> PairScorer:
    return load_pair_scorer(load_artefact(SHIPPED))


def test_no_pairs_change_nothing_and_many_move_the_scorer_their_way(scorer: PairScorer) -> None:
    rng = np.random.default_rng(0)
    features = rng.uniform(0, 1, (60, len(FEATURES)))

    same = learn(scorer, features, np.ones(60, bool))
    other = learn(scorer, features, np.zeros(60, bool))

    row = features.mean(axis=0).astype(np.float32)
    before = float(row @ scorer.weights + scorer.intercept)
    assert row @ same.weights + same.intercept > before
    assert row @ other.weights + other.intercept < before
    nothing = learn(scorer, np.zeros((0, len(FEATURES))), np.zeros(0, bool))
    assert nothing.weights == pytest.approx(scorer.weights, rel=1e-4)


def test_a_store_teaches_once_people_ruled_enough(scorer: PairScorer, context: JobContext) -> None:
    told = [(f"p{n}", f"{PRIZE} nomor {n}", (1.0, n / 10)) for n in range(FEWEST_RULINGS + 1)]
    bring(context, *told)
    for number in range(FEWEST_RULINGS - 1):
        rule(context, f"p{number}", f"p{number + 1}", same=False)
    assert taught_scorer(scorer, context.store) is scorer

    rule(context, f"p{FEWEST_RULINGS - 1}", f"p{FEWEST_RULINGS}", same=False)
    taught = taught_scorer(scorer, context.store)

    one, other = view(scorer, f"{PRIZE} nomor 1", 1, 0.1), view(scorer, f"{PRIZE} nomor 2", 1, 0.2)
    before = scorer.probability(one, [other], [0.5], [0.5])[0]
    assert taught.probability(one, [other], [0.5], [0.5])[0] <= before
    assert taught.join_threshold == scorer.join_threshold
