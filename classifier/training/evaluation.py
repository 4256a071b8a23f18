"""Measures a fitted model on the test period and on sources it did not learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import clean_text, words_of
from classifier.cues import cue_codes
from classifier.matching import Candidate, ClaimMatcher, best_probability
from classifier.remembering import remembered_vectors
from classifier.scams import CODE as SCAM
from classifier.training.corpus import ORDINARY_SOURCES, Pair, read_pairs
from classifier.training.fitting import CAREFUL_SOURCES, FittedModel, even_weights
from classifier.training.flag_head import PRIOR, Sample, left_out_logits
from classifier.training.measuring import (
    Figures,
    calibration_error,
    ranking_figures,
    rounded,
    separation,
    separation_within_length,
)
from classifier.training.samples import FRAUD_SOURCE, HOAX_SOURCE
from classifier.training.splits import TEST, TRAIN
from indices.progress import Progress
from indices.settings import cache_dir

FloatArray = NDArray[np.float32]
HARD_SHARE = 0.5
"""Posts with under half of the title's words are hard to match."""


@dataclass(frozen=True, slots=True)
class TestRows:
    """The test rows as two layers see them."""

    sample: Sample
    seen: FloatArray
    """Log-odds of the layer that learnt from all sources."""
    unseen: FloatArray | None
    """Log-odds of a layer that did not learn from the row's source; None where none was fitted."""
    lengths: NDArray[np.int64]
    """Characters after cleaning."""


@dataclass(frozen=True, slots=True)
class MatchTest:
    """Test posts with their candidates in the whole library."""

    pairs: Sequence[Pair]
    gold: NDArray[np.int64]
    """The place of each post's own title in the library."""
    found: Sequence[Sequence[Candidate]]


def run_match_test(fitted: FittedModel, directory: Path, progress: Progress) -> MatchTest:
    """Test posts against the full library, the government's titles added as distractors."""
    pairs = [pair for pair in read_pairs(directory) if pair.split == TEST]
    position = {entry.id: index for index, entry in enumerate(fitted.full_library.entries)}
    texts = [pair.text for pair in pairs]
    cache = cache_dir() / "test-pairs"
    vectors = remembered_vectors(fitted.match_encoder, texts, cache, progress, "Encoding: test")
    gold = np.array([position[pair.fact_check_id] for pair in pairs])
    matcher = ClaimMatcher(fitted.full_library, fitted.scorer)
    return MatchTest(pairs, gold, matcher.rank(texts, vectors))


def evaluate_matching(fitted: FittedModel, test: MatchTest) -> dict[str, Any]:
    """How often the right title is found, and how honest the first match's probability is."""
    ranks = rank_of_own(test.found, test.gold)
    hard = np.array([is_hard(pair) for pair in test.pairs])
    return {
        "library": len(fitted.full_library),
        "all": rounded(ranking_figures(ranks)),
        "hard": rounded(ranking_figures(ranks[hard])),
        **_confidence(fitted, test.found, test.gold),
    }


def _confidence(
    fitted: FittedModel, found: Sequence[Sequence[Candidate]], gold: NDArray[np.int64]
) -> dict[str, Any]:
    """How honest the first match's probability is, and how often "strong" is wrong."""
    strong = fitted.scorer.strong_threshold
    first = np.array([candidates[0].probability for candidates in found])
    right = np.array([c[0].index == own for c, own in zip(found, gold, strict=True)])
    hidden = [
        best_probability(fitted.scorer, [c.features for c in candidates if c.index != own])
        for candidates, own in zip(found, gold, strict=True)
    ]
    ordinary = fitted.sample.where(fitted.split(TEST) & ~fitted.sample.is_hoax)
    figures = {
        "first match right, ECE": calibration_error(first, right, np.ones(len(first))),
        "strong share": float((first >= strong).mean()),
        **_strong_and_right(right[first >= strong]),
        "false strong, own fact-check removed": float((np.array(hidden) >= strong).mean()),
        "false strong, ordinary posts": float((ordinary.evidence >= strong).mean()),
    }
    return {"confidence": rounded(figures)}


def _strong_and_right(right: NDArray[np.bool_]) -> Figures:
    """Nothing where no match was strong."""
    return {"strong and right": float(right.mean())} if len(right) else {}


def rank_of_own(found: Sequence[Sequence[Candidate]], gold: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each post's own title, a large number where it is no candidate."""
    ranks = [
        next((place for place, candidate in enumerate(c) if candidate.index == own), 10_000)
        for c, own in zip(found, gold, strict=True)
    ]
    return np.array(ranks, dtype=np.int64)


def is_hard(pair: Pair) -> bool:
    """Whether the post holds under half of the title's words."""
    title = set(words_of(clean_text(pair.title)))
    return len(title & set(words_of(clean_text(pair.text)))) < HARD_SHARE * max(1, len(title))


def evaluate_flagging(fitted: FittedModel) -> dict[str, Any]:
    """Hoaxes of the test period against each source of ordinary posts, seen and left out."""
    test = fitted.sample.where(fitted.split(TEST))
    training = fitted.sample.where(fitted.split(TRAIN))
    names = [source.name for source in ORDINARY_SOURCES]
    seen = fitted.layer.logits(test)
    unseen = left_out_logits(training, test, names) if len(training.is_hoax) else None
    lengths = [len(clean_text(row.text)) for row in fitted.rows if row.split == TEST]
    views = TestRows(test, seen, unseen, np.array(lengths))
    return {
        "sources": {name: _source_figures(fitted, views, name) for name in names},
        "seen": _overall(fitted, test, seen),
        **({} if unseen is None else {"left out": _overall(fitted, test, unseen)}),
        "cues": _sign_weights(fitted),
        "match": round(fitted.layer.match, 2),
    }


def _sign_weights(fitted: FittedModel) -> dict[str, float]:
    names = (*cue_codes(), SCAM)[: len(fitted.layer.cues)]
    weights = (round(value, 2) for value in fitted.layer.cues.tolist())
    return dict(zip(names, weights, strict=True))


def _source_figures(fitted: FittedModel, views: TestRows, name: str) -> Figures:
    hoaxes, rows = views.sample.sources == HOAX_SOURCE, views.sample.sources == name
    known = separation(views.seen[hoaxes], views.seen[rows])
    threshold = fitted.thresholds["careful" if name in CAREFUL_SOURCES else "default"]
    figures = {**known, **_left_out_figures(views, hoaxes, rows)}
    figures["false flags"] = float((fitted.probability(views.seen[rows]) >= threshold).mean())
    if views.unseen is not None:
        chances = fitted.probability(views.unseen[rows])
        figures["false flags left out"] = float((chances >= threshold).mean())
    return rounded(figures)


def _left_out_figures(
    views: TestRows, hoaxes: NDArray[np.bool_], rows: NDArray[np.bool_]
) -> Figures:
    if views.unseen is None:
        return {}
    unseen, lengths = views.unseen, views.lengths
    unknown = separation(unseen[hoaxes], unseen[rows])
    ups, downs = lengths[hoaxes].tolist(), lengths[rows].tolist()
    return {
        "AUC left out": unknown["AUC"],
        "recall@5% left out": unknown["recall@5%"],
        "AUC left out, same length": separation_within_length(
            unseen[hoaxes], ups, unseen[rows], downs
        ),
    }


def _overall(fitted: FittedModel, test: Sample, logits: FloatArray) -> Figures:
    """Over all sources, each weighing alike, at the default threshold and the prior."""
    probabilities = fitted.probability(logits)
    flagged = probabilities >= fitted.thresholds["default"]
    weights = even_weights(test)
    for rows, share in ((test.is_hoax, PRIOR), (~test.is_hoax, 1 - PRIOR)):
        weights[rows] *= share / weights[rows].sum()
    ordinary = ~test.is_hoax
    return rounded(
        {
            "ECE": calibration_error(probabilities, test.is_hoax, weights),
            "hoaxes flagged": float(flagged[test.sources == HOAX_SOURCE].mean()),
            "scams flagged": float(flagged[test.sources == FRAUD_SOURCE].mean()),
            "ordinary flagged": float(np.average(flagged[ordinary], weights=weights[ordinary])),
        }
    )
