"""Fits the head for scams, and gives samples its answer as one more sign."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifier.scams import ScamHead, with_answer
from classifier.training.flag_head import Sample, fit_layer
from classifier.training.invented import INVENTED_HOAX
from classifier.training.samples import FRAUD_SOURCE, SCAM_SOURCE
from classifier.training.splits import TRAIN

FloatArray = NDArray[np.float32]

SCALE = 0.2
"""How large the vector stands beside the cues; chosen on the dev period."""
FOLDS = 5


def fit_scam_head(sample: Sample) -> ScamHead:
    """Scams against everything else; hoaxes that are none count as one more source of these.

    Invented hoaxes stay out: some of them are scams, and no label tells which.

    Args:
        sample: with the listed cues only.
    """
    sample = sample.where(sample.sources != INVENTED_HOAX)
    is_scam = np.isin(sample.sources, [FRAUD_SOURCE, SCAM_SOURCE])
    nothing, ones = np.zeros(len(is_scam), dtype=np.float32), np.ones(len(is_scam))
    blind = replace(sample, is_hoax=is_scam, evidence=nothing, weights=ones)
    layer = fit_layer(blind, scale=SCALE)
    return ScamHead(layer.wording, layer.cues, layer.intercept)


def with_scam_sign(sample: Sample, splits: NDArray[np.str_], head: ScamHead) -> Sample:
    """The sample as the last layer sees it: the head's answer after the cues that are left to it.

    Posts of training get that of a head that was fitted to the other folds: the layer that reads
    it must not take the head for surer than it is of posts that it has never met.
    """
    strengths = head.strengths(sample.vectors, sample.cues)
    training = np.flatnonzero(splits == TRAIN)
    folds = np.random.default_rng(0).integers(0, FOLDS, len(training))
    for number in range(FOLDS if len(training) else 0):
        others, own = training[folds != number], training[folds == number]
        other_head = fit_scam_head(sample.where(np.isin(np.arange(len(splits)), others)))
        strengths[own] = other_head.strengths(sample.vectors[own], sample.cues[own])
    return replace(sample, cues=with_answer(sample.cues, strengths))
