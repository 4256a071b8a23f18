"""How likely a post deserves a decision, and what speaks for it: one visible logistic layer.

It sees the encoder's vector, the listed cues, the scam head's answer and the best match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import Artefact
from indices.documents import SourceKind

FloatArray = NDArray[np.float32]

CAREFUL_KINDS = frozenset({SourceKind.PRESS, SourceKind.GOVERNMENT, SourceKind.FACT_CHECKER})
"""Who reports about hoaxes as their work: flagged only from a higher threshold."""

ANSWERING_KINDS = frozenset({SourceKind.GOVERNMENT, SourceKind.FACT_CHECKER})
"""Who answers hoaxes: likeness to a known one says that they answer it, not that they spread it."""


@dataclass(frozen=True, slots=True)
class Flagger:
    """The last layer over the vector, the signs and the best match, calibrated.

    Log-odds = scale * (wording + cues + match + intercept) + shift.
    """

    wording: FloatArray
    """Weights of what is read, see `Encoder.read`; shape (2 n_dims,)."""
    cues: FloatArray
    """Weights of the signs, which are the cues and then the scam head's; shape (n_signs,)."""
    match: float
    """Weight of the best match's probability; counts nothing where no library is at hand."""
    intercept: float
    usual_wording: float
    """What wording adds for a middling text: reasons tell the difference from it."""
    scale: float
    shift: float
    thresholds: Mapping[str, float]
    """Probability from which a post is flagged: `default`, and `careful` for `CAREFUL_KINDS`."""

    def wording_weight(self, vectors: FloatArray) -> FloatArray:
        """What wording adds to the log-odds, against a middling text; shape (n,)."""
        weight: FloatArray = self.scale * (vectors @ self.wording - self.usual_wording)
        return weight

    def cue_weights(self, strengths: FloatArray) -> FloatArray:
        """What each sign adds to the log-odds; shape (n, n_signs)."""
        weights: FloatArray = self.scale * strengths * self.cues
        return weights

    def match_weight(self, evidence: FloatArray) -> FloatArray:
        """What the best match adds to the log-odds; shape (n,)."""
        weight: FloatArray = self.scale * self.match * evidence
        return weight

    def probability(
        self, vectors: FloatArray, strengths: FloatArray, evidence: FloatArray
    ) -> FloatArray:
        """That a person should decide on each post; shape (n,), 0 to 1.

        Args:
            vectors: what the flagging encoder reads; shape (n, 2 n_dims), see `Encoder.read`.
            strengths: shape (n, n_signs), see `scams.signs_in`.
            evidence: shape (n,), the best match's probability, 0 where there is none.
        """
        usual = self.scale * (self.usual_wording + self.intercept) + self.shift
        logits = usual + self.wording_weight(vectors) + self.match_weight(evidence)
        logits = logits + self.cue_weights(strengths).sum(axis=1)
        chances: FloatArray = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
        return chances

    def threshold(self, kind: SourceKind) -> float:
        """From which probability a post of such a source is flagged."""
        return self.thresholds["careful" if kind in CAREFUL_KINDS else "default"]


def flagger_of(artefact: Artefact) -> Flagger:
    """The flagger that a model carries."""
    heads = artefact.heads
    match, intercept, usual, scale, shift = (float(value) for value in heads["flag.numbers"])
    return Flagger(
        wording=heads["flag.wording"],
        cues=heads["flag.cues"],
        match=match,
        intercept=intercept,
        usual_wording=usual,
        scale=scale,
        shift=shift,
        thresholds=artefact.facts["thresholds"],
    )
