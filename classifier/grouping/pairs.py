"""How likely two posts tell the same claim: a few features, weighed by a learnt scorer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import Artefact, load_artefact, shipped_dir
from classifier.grouping.views import ClaimView, Rarity

FloatArray = NDArray[np.float32]

FEATURES = (
    "meaning",
    "containment",
    "overlap",
    "shared",
    "rarest",
    "leading",
    "interplay",
    "numbers_shared",
    "numbers_differ",
    "shorter",
    "longer",
    "more_crowded",
    "less_crowded",
)
GROUPS = "groups"
"""The part of a model's directory that holds its pair scorer."""
LEADING_WORDS = 6
"""The rarest words of the shorter post: names, places, things."""
MOST_CERTAIN = 0.999


@dataclass(frozen=True, slots=True)
class PairScorer:
    """A logistic regression over `FEATURES`, calibrated, and what it calls the same claim.

    What two posts' fact-checks say comes on top: they tell one claim where both repeat the same
    entry, which their calibrated matches give a probability of.
    """

    weights: FloatArray
    intercept: float
    rarity: Rarity
    join_threshold: float
    """Mean probability with a group's members from which a post joins."""
    usual_crowding: float
    """What is said of a post that has no neighbours yet."""
    spread: FloatArray
    """Of each feature where it was fitted; shape (n_features,)."""

    def probability(
        self,
        one: ClaimView,
        others: Sequence[ClaimView],
        crowding: Sequence[float],
        their_crowding: Sequence[float],
    ) -> FloatArray:
        """That each of the others tells the same claim; shape (n_others,).

        Args:
            crowding: mean cosine of the one with its nearest posts of groups other than that of
                each of the others.
            their_crowding: likewise of each of the others.
        """
        if not others or not one.says_something:
            return np.zeros(len(others), np.float32)
        rows = [
            [*pair_features(one, other), max(own, theirs), min(own, theirs)]
            for other, own, theirs in zip(others, crowding, their_crowding, strict=True)
        ]
        features = np.array(rows, np.float32)
        logits = np.clip(features @ self.weights + self.intercept, -30, 30)
        chances = 1 / (1 + np.exp(-logits))
        agreed = np.array([same_match(one, other) for other in others])
        compared = np.array([other.says_something for other in others])
        joined: FloatArray = ((1 - (1 - chances) * (1 - agreed)) * compared).astype(np.float32)
        return np.minimum(joined, np.float32(MOST_CERTAIN))


def pair_scorer_of(artefact: Artefact) -> PairScorer:
    """The scorer that a model's group part carries."""
    return PairScorer(
        weights=artefact.heads["pair.weights"],
        intercept=float(artefact.heads["pair.numbers"][0]),
        rarity=Rarity(artefact.heads["pair.rarity"].astype(np.float32)),
        join_threshold=float(artefact.facts["join_threshold"]),
        usual_crowding=float(artefact.heads["pair.numbers"][1]),
        spread=artefact.heads["pair.spread"],
    )


def load_pair_scorer(artefact: Artefact) -> PairScorer:
    """The scorer beside this model's adapters; the shipped one where the model has none.

    Raises:
        ArtefactError: it is missing or was changed.
    """
    own = artefact.directory / GROUPS
    directory = own if own.exists() else shipped_dir() / GROUPS
    return pair_scorer_of(load_artefact(str(directory)))


def pair_features(one: ClaimView, other: ClaimView) -> list[float]:
    """What two posts show by themselves, in the order of `FEATURES`, all but the last two."""
    shorter, longer = (one, other) if one.total <= other.total else (other, one)
    shared = [weight for word, weight in shorter.words.items() if word in longer.words]
    weight = sum(shared)
    containment = weight / max(shorter.total, 1.0)
    comparable = one.vector.shape == other.vector.shape
    meaning = float(one.vector @ other.vector) if comparable else 0.0
    both = one.numbers & other.numbers
    fewest = min(len(one.numbers), len(other.numbers))
    return [
        meaning,
        containment,
        weight / max(one.total + other.total - weight, 1.0),
        log1p(weight),
        max(shared, default=0.0),
        _leading_shared(shorter, longer),
        containment * meaning,
        len(both) / fewest if fewest else 0.0,
        float(bool(fewest) and not both),
        log1p(len(shorter.words)),
        log1p(len(longer.words)),
    ]


def same_match(one: ClaimView, other: ClaimView) -> float:
    """The probability that both repeat the same known fact-check."""
    shared = one.matches.keys() & other.matches.keys()
    return min(1.0, sum(one.matches[key] * other.matches[key] for key in shared))


def _leading_shared(shorter: ClaimView, longer: ClaimView) -> float:
    """Which share of the shorter post's rarest words the longer one has."""
    leading = sorted(shorter.words, key=lambda word: (-shorter.words[word], word))[:LEADING_WORDS]
    return sum(word in longer.words for word in leading) / max(len(leading), 1)
