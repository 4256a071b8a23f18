"""Fits the flagger's last layer, its calibration and its thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifier.posterior import (
    VECTOR_SCALE,
    HoaxMoments,
    Posterior,
    laplace,
    moments_of,
    side_by_side,
)
from classifier.training.invented import is_invented

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

PENALTY = 0.3
SCAM_WEIGHT = 0.3
PRIOR = 0.2
"""Share of posts worth a decision that probabilities are calibrated to."""
CAREFUL_PRIOR = 0.02
"""The same share among posts of the press and of offices: an assumption, nobody has counted."""
FALSE_FLAG_SHARE = 0.04
"""A fifth less than the twentieth that is promised: newer posts are a little harder."""
CAREFUL_FALSE_FLAG_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts as the last layer sees them."""

    vectors: FloatArray
    cues: FloatArray
    evidence: FloatArray
    is_hoax: BoolArray
    sources: NDArray[np.str_]
    weights: NDArray[np.float64]
    n_words: int = 0
    """So many of the vectors' last columns are words alone, which training leaves at nothing."""

    def where(self, chosen: BoolArray) -> Sample:
        """The chosen rows."""
        return Sample(
            self.vectors[chosen],
            self.cues[chosen],
            self.evidence[chosen],
            self.is_hoax[chosen],
            self.sources[chosen],
            self.weights[chosen],
            self.n_words,
        )

    def columns(self) -> FloatArray:
        """All features side by side, scaled."""
        return side_by_side(self.vectors, self.cues, self.evidence)


@dataclass(frozen=True, slots=True)
class LinearLayer:
    """A fitted last layer, uncalibrated."""

    wording: FloatArray
    cues: FloatArray
    match: float
    intercept: float

    def logits(self, sample: Sample) -> FloatArray:
        """Log-odds of each row, shape (n,)."""
        sums: FloatArray = (
            sample.vectors @ self.wording
            + sample.cues @ self.cues
            + self.match * sample.evidence
            + self.intercept
        )
        return sums


def build_blank_sample(
    is_hoax: Sequence[bool], sources: Sequence[str], weights: Sequence[float]
) -> Sample:
    """Rows without vectors or cues, for layers over something else."""
    nothing = np.zeros((len(is_hoax), 0), dtype=np.float32)
    return Sample(
        vectors=nothing,
        cues=nothing,
        evidence=np.zeros(len(is_hoax), dtype=np.float32),
        is_hoax=np.array(is_hoax, dtype=bool),
        sources=np.array(sources),
        weights=np.array(weights, dtype=np.float64),
    )


def fit_layer(sample: Sample, penalty: float = PENALTY, scale: float = VECTOR_SCALE) -> LinearLayer:
    """A logistic regression in which both classes, and all ordinary sources, count alike.

    Words by themselves get no weight: they would tell the topics of training. What they say of an
    office's own posts is for its background to learn (`posterior_of`).

    Args:
        scale: how large the vector stands beside the signs.
    """
    model = LogisticRegression(C=penalty, max_iter=500, tol=1e-4)
    n_dims = sample.vectors.shape[1] - sample.n_words
    columns = np.delete(sample.columns().astype(np.float64), _words_of(sample), axis=1)
    columns[:, :n_dims] *= scale / VECTOR_SCALE
    model.fit(columns, sample.is_hoax, sample_weight=balanced_weights(sample))
    weights = model.coef_[0].astype(np.float32)
    nothing = np.zeros(sample.n_words, dtype=np.float32)
    return LinearLayer(
        wording=np.concatenate([weights[:n_dims] * np.float32(scale), nothing]),
        cues=weights[n_dims:-1],
        match=float(weights[-1]),
        intercept=float(model.intercept_[0]),
    )


def _words_of(sample: Sample) -> slice:
    n_columns = sample.vectors.shape[1]
    return slice(n_columns - sample.n_words, n_columns)


def posterior_of(layer: LinearLayer, sample: Sample, penalty: float = PENALTY) -> Posterior:
    """How firmly real posts hold each weight of the layer fitted to them, those of words too.

    Invented ones are not counted: a background must not be held back by what nobody ever posted.
    """
    sample = sample.where(~is_invented(sample.sources))
    mean = np.concatenate(
        [layer.wording / VECTOR_SCALE, layer.cues, [layer.match, layer.intercept]]
    ).astype(np.float64)
    return laplace(mean, sample.columns(), balanced_weights(sample), penalty)


def hoax_moments(sample: Sample) -> HoaxMoments:
    """Mean and spread of the sample's hoaxes."""
    return moments_of(sample.columns()[sample.is_hoax])


def balanced_weights(sample: Sample) -> NDArray[np.float64]:
    """Half the weight for hoaxes, half shared by the ordinary sources by the root of their size."""
    weights = sample.weights.copy()
    for source in np.unique(sample.sources[~sample.is_hoax]):
        rows = (sample.sources == source) & ~sample.is_hoax
        weights[rows] /= np.sqrt(rows.sum())
    n_rows = len(weights)
    for rows in (sample.is_hoax, ~sample.is_hoax):
        weights[rows] *= 0.5 * n_rows / weights[rows].sum()
    return weights


def fit_calibration(
    logits: FloatArray, is_hoax: BoolArray, weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Scale and shift that make log-odds honest at the prior. Source: Platt 1999."""
    sample_weights = weights.copy()
    for rows, share in ((is_hoax, PRIOR), (~is_hoax, 1 - PRIOR)):
        sample_weights[rows] *= share * len(logits) / sample_weights[rows].sum()
    model = LogisticRegression(C=1e6, max_iter=1000)
    model.fit(logits[:, None].astype(np.float64), is_hoax, sample_weight=sample_weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def source_mean_quantile(
    values: FloatArray, sources: NDArray[np.str_], share_above: float
) -> float:
    """The value that this share of posts exceeds, on average over sources of equal weight."""
    candidates = np.unique(np.quantile(values, np.linspace(0.5, 1, 2001)))
    groups = [np.sort(values[sources == source]) for source in np.unique(sources)]
    for candidate in candidates:
        above = [1 - np.searchsorted(group, candidate) / len(group) for group in groups]
        if np.mean(above) <= share_above:
            return float(candidate)
    return float(candidates[-1])


def careful_threshold(threshold: float) -> float:
    """The threshold at which a rarer kind of post is as likely to deserve a decision.

    Source: Saerens et al. 2002, "Adjusting the Outputs of a Classifier to New a Priori
    Probabilities".
    """
    rarer = (PRIOR / (1 - PRIOR)) / (CAREFUL_PRIOR / (1 - CAREFUL_PRIOR))
    odds = threshold / (1 - threshold) * rarer
    return odds / (1 + odds)


def left_out_logits(sample: Sample, target: Sample, sources: Sequence[str]) -> FloatArray:
    """Log-odds of target rows by a layer that never saw their source."""
    logits = fit_layer(sample).logits(target)
    for source in sources:
        rows = (target.sources == source) & ~target.is_hoax
        if rows.any():
            logits[rows] = fit_layer(sample.where(sample.sources != source)).logits(
                target.where(rows)
            )
    return logits
