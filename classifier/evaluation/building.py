"""The whole report as plain values: what the terminal, the page, the floors and the card read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.encoder import BUNDLED, load_encoder
from classifier.evaluation.baselines import (
    LETTERS,
    PLAIN,
    SURFACE,
    TFIDF,
    letter_scores,
    surface_scores,
    tfidf_scores,
    vector_scores,
)
from classifier.evaluation.claim_groups import measure_claim_groups
from classifier.evaluation.curves import precision_recall, reliability, threshold_table
from classifier.evaluation.errors import WorstError, find_worst
from classifier.evaluation.intervals import Scores, separation_intervals, share_interval
from classifier.evaluation.ranking import OWN_MODEL, ranking_report, ranks_by_model
from classifier.evaluation.tagging import Tags, tag_rows
from classifier.grouping.pairs import PairScorer
from classifier.library import build_library
from classifier.remembering import remembered_vectors
from classifier.training.corpus import data_hash, stable_order
from classifier.training.evaluation import evaluate_flagging, evaluate_matching, run_match_test
from classifier.training.fitting import CAREFUL_SOURCES, FittedModel, even_weights
from classifier.training.flag_head import PRIOR, Sample, build_blank_sample
from classifier.training.samples import (
    FRAUD_SOURCE,
    HOAX_SOURCE,
    SCAM_SOURCE,
    TextRow,
    collect_rows,
    past_library,
)
from classifier.training.splits import TEST, TRAIN
from indices.progress import Progress
from indices.settings import cache_dir

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

N_PLAIN_ROWS = 2_500
"""What the plain encoder's baseline learns from: more changes it little and takes minutes."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report, and the texts of its worst errors, which stand in the page only."""

    report: dict[str, Any]
    worst: tuple[WorstError, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TestView:
    """The test rows with what the model makes of them."""

    rows: list[TextRow]
    sample: Sample
    tags: Tags
    logits: FloatArray
    flagged: BoolArray
    """At the threshold of each row's kind of source: the press has a higher one."""
    weights: NDArray[np.float64]

    @property
    def hoaxes(self) -> BoolArray:
        """Hoaxes that are no scams."""
        chosen: BoolArray = self.sample.sources == HOAX_SOURCE
        return chosen

    @property
    def scams(self) -> BoolArray:
        """Scams, those of fact-checkers and those by SMS."""
        return np.isin(self.sample.sources, [FRAUD_SOURCE, SCAM_SOURCE])

    @property
    def ordinary(self) -> BoolArray:
        """What nobody called a hoax."""
        return ~self.sample.is_hoax


def build_evaluation(
    fitted: FittedModel, pairs: PairScorer, model: str, directory: Path, progress: Progress
) -> Evaluation:
    """Measure everything; minutes the first time, since vectors are kept.

    Args:
        pairs: what puts posts of one claim together.
        model: the id that the report names.
        directory: of the research data.
    """
    view = _view(fitted, directory)
    match_test = run_match_test(fitted, directory, progress)
    plain = _PlainVectors(fitted, directory, progress)
    titles = plain.titles
    pair_texts = [pair.text for pair in match_test.pairs]
    ranks = ranks_by_model(
        fitted.full_library, match_test, (plain.of(pair_texts, "plain-pairs"), titles)
    )
    scores = {OWN_MODEL: view.logits, **_baseline_scores(fitted, view, directory, plain)}
    chances = fitted.probability(view.logits)
    report = {
        "model": model,
        "data": data_hash(directory),
        "prior": PRIOR,
        "thresholds": dict(fitted.thresholds),
        "matching": evaluate_matching(fitted, match_test),
        "flagging": evaluate_flagging(fitted),
        "ranking": ranking_report(match_test, ranks),
        "models": {name: _separations(view, values) for name, values in scores.items()},
        "groups": build_groups(view),
        "claim_groups": measure_claim_groups(directory, fitted.match_encoder, pairs, progress),
        "scams": _group(view, view.scams, view.ordinary),
        "curves": _curves(view, scores, chances),
        "by_threshold": threshold_table(
            chances, view.hoaxes, view.scams, view.ordinary, view.weights
        ),
    }
    worst = find_worst(view.rows, chances)
    report["worst"] = [error.without_text() for error in worst]
    return Evaluation(report, worst)


def _curves(view: TestView, scores: dict[str, FloatArray], chances: FloatArray) -> dict[str, Any]:
    """What the plots show: of every model how precise at which recall, of ours how honest."""
    return {
        "precision_recall": {
            name: precision_recall(_scores(view, values, view.hoaxes, view.ordinary), PRIOR)
            for name, values in scores.items()
        },
        "reliability": reliability(chances, view.sample.is_hoax, prior_weights(view.sample)),
    }


def build_groups(view: TestView) -> dict[str, dict[str, Any]]:
    """Hoaxes against ordinary posts, per kind, platform and source of these, period and topic."""
    hoaxes, ordinary, tags = view.hoaxes, view.ordinary, view.tags
    topics = sorted(set(tags.topics.tolist()))
    return {
        "kind": _each(view, tags.kinds, lambda chosen: (hoaxes, ordinary & chosen)),
        "platform": _each(view, tags.platforms, lambda chosen: (hoaxes, ordinary & chosen)),
        "source": _each(
            view,
            np.where(ordinary, view.sample.sources, ""),
            lambda chosen: (hoaxes, ordinary & chosen),
        ),
        "period": _each(view, tags.periods, lambda chosen: (hoaxes & chosen, ordinary)),
        "topic": {
            name: _group(view, hoaxes & (tags.topics == name), ordinary & (tags.topics == name))
            for name in topics
        },
    }


def prior_weights(sample: Sample) -> NDArray[np.float64]:
    """Ordinary sources alike, and both kinds at the prior."""
    weights = even_weights(sample)
    for rows, share in ((sample.is_hoax, PRIOR), (~sample.is_hoax, 1 - PRIOR)):
        weights[rows] *= share / weights[rows].sum()
    return weights


class _PlainVectors:
    """The encoder without adapter, and what it makes of texts; kept between runs."""

    def __init__(self, fitted: FittedModel, directory: Path, progress: Progress) -> None:
        self._encoder = load_encoder(BUNDLED, progress)
        self._progress = progress
        library = fitted.full_library
        cache = cache_dir() / "training-titles"
        built = build_library(library.entries, self._encoder, progress, cache)
        self.titles = built.vectors

    def of(self, texts: list[str], name: str) -> FloatArray:
        """Shape (n, n_dims)."""
        return remembered_vectors(
            self._encoder, texts, cache_dir() / name, self._progress, f"Encoding: {name}"
        )


def _view(fitted: FittedModel, directory: Path) -> TestView:
    test = fitted.split(TEST)
    rows = [row for row in fitted.rows if row.split == TEST]
    sample = fitted.sample.where(test)
    logits = fitted.layer.logits(sample)
    is_careful = np.isin(sample.sources, list(CAREFUL_SOURCES))
    held = np.where(is_careful, fitted.thresholds["careful"], fitted.thresholds["default"])
    flagged = fitted.probability(logits) >= held
    tags = tag_rows(rows, directory)
    return TestView(rows, sample, tags, logits, flagged, even_weights(sample))


def _baseline_scores(
    fitted: FittedModel, view: TestView, directory: Path, plain: _PlainVectors
) -> dict[str, FloatArray]:
    training_rows = [row for row in collect_rows(directory, 0) if row.split == TRAIN]
    training = build_blank_sample(
        [row.is_hoax for row in training_rows],
        [row.source for row in training_rows],
        [row.weight for row in training_rows],
    )
    told = [row.text for row in training_rows]
    texts = [row.text for row in view.rows]
    order = sorted(range(len(told)), key=lambda place: stable_order(told[place]))
    some = np.zeros(len(told), dtype=bool)
    some[order[:N_PLAIN_ROWS]] = True
    some_texts = [text for text, chosen in zip(told, some, strict=True) if chosen]
    return {
        TFIDF: tfidf_scores(texts, training, told),
        PLAIN: vector_scores(
            plain.of(texts, "plain-test"),
            training.where(some),
            plain.of(some_texts, "plain-training"),
        ),
        LETTERS: letter_scores(view.rows, past_library(directory, fitted.full_library)),
        SURFACE: surface_scores(texts, training, told),
    }


def _separations(view: TestView, values: FloatArray) -> dict[str, Any]:
    return {
        "hoaxes": separation_intervals(_scores(view, values, view.hoaxes, view.ordinary), PRIOR),
        "scams": separation_intervals(_scores(view, values, view.scams, view.ordinary), PRIOR),
    }


def _each(
    view: TestView,
    words: NDArray[np.str_],
    sides: Callable[[BoolArray], tuple[BoolArray, BoolArray]],
) -> dict[str, Any]:
    names = sorted(set(words.tolist()) - {""})
    return {name: _group(view, *sides(words == name)) for name in names}


def _group(view: TestView, positive: BoolArray, negative: BoolArray) -> dict[str, Any]:
    """Counts always; figures only where both sides are enough."""
    counts: dict[str, Any] = {"hoaxes": int(positive.sum()), "ordinary": int(negative.sum())}
    scores = _scores(view, view.logits, positive, negative)
    if not scores.enough():
        return counts
    flagged, ones = view.flagged, np.ones(int(positive.sum()))
    return {
        **counts,
        **separation_intervals(scores, PRIOR),
        "hoaxes flagged": share_interval(flagged[positive], ones),
        "false flags": share_interval(flagged[negative], view.weights[negative]),
    }


def _scores(view: TestView, values: FloatArray, positive: BoolArray, negative: BoolArray) -> Scores:
    return Scores(values[positive], values[negative], view.weights[negative])
