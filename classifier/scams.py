"""The head for scams: how far a post looks like one, a sign beside those that are listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import Artefact
from classifier.cues import Finding, cue_codes, cue_strengths

FloatArray = NDArray[np.float32]

CODE = "scam"
OWN_CUES = ("scam_pattern", "phone", "money")
"""What these say goes through the head alone: beside its answer the last layer would count them
twice, and take the excess back as if they spoke against a flag."""
STRONGEST = 4.0
"""Log-odds; surer than this says nothing more."""
SCAM_TOPIC = "penipuan"
TOPIC_FROM = 2.0
"""Log-odds from which a post without a topic of its own words is called a scam."""


@dataclass(frozen=True, slots=True)
class ScamHead:
    """A logistic layer of its own, fitted to tell scams from everything else, hoaxes too."""

    wording: FloatArray
    """Shape (2 n_dims,)."""
    cues: FloatArray
    """Shape (n_cues,)."""
    intercept: float

    def strengths(self, vectors: FloatArray, cues: FloatArray) -> FloatArray:
        """Log-odds that each post is a scam, where they speak for it; shape (n,), 0 to STRONGEST.

        Args:
            vectors: what the flagging encoder reads; shape (n, 2 n_dims), see `Encoder.read`.
            cues: shape (n, n_cues), see `cues.cue_strengths`.
        """
        logits = vectors @ self.wording + cues @ self.cues + self.intercept
        return np.clip(logits, 0, STRONGEST).astype(np.float32)

    def signs(self, vectors: FloatArray, cues: FloatArray) -> FloatArray:
        """The cues that are left to the last layer, and this answer; shape (n, n_cues + 1)."""
        return with_answer(cues, self.strengths(vectors, cues))


def with_answer(cues: FloatArray, strengths: FloatArray) -> FloatArray:
    """The cues without the head's own, which stand at 0, and its answer after them."""
    left = np.array([code not in OWN_CUES for code in cue_codes()])
    return np.column_stack([cues * left, strengths]).astype(np.float32)


def quotes_in(findings: Sequence[Finding]) -> list[str]:
    """What of the head's own cues stands in a post, in its own words."""
    return [q for found in findings if found.code in OWN_CUES for q in found.quotes]


def pack_scam_head(head: ScamHead) -> dict[str, FloatArray]:
    """What an artefact carries of it."""
    return {
        "scam.wording": head.wording,
        "scam.cues": head.cues,
        "scam.intercept": np.array([head.intercept], dtype=np.float32),
    }


def scam_head_of(artefact: Artefact) -> ScamHead | None:
    """The head that a model carries; None of a model from before there was one."""
    heads = artefact.heads
    if "scam.wording" not in heads:
        return None
    return ScamHead(heads["scam.wording"], heads["scam.cues"], float(heads["scam.intercept"][0]))


def signs_in(artefact: Artefact, texts: Sequence[str], vectors: FloatArray) -> FloatArray:
    """All signs of the texts as the model's last layer knows them; shape (n, n_signs)."""
    head, cues = scam_head_of(artefact), cue_strengths(texts)
    return cues if head is None else head.signs(vectors, cues)
