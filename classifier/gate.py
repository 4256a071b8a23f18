"""Whether a refit may replace the model in use; see docs/decisions/0010."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from classifier.artefact import Artefact
from classifier.flagging import flagger_of
from classifier.posterior import VECTOR_SCALE, DoubleArray, FloatArray, layer_in
from classifier.refitting import Refit
from indices.model_history import Standing

FALSE_FLAGS_ALLOWED = 0.05
SEPARATION_LOST = 0.01
"""A refit may lose so much AUC between its posts and known hoaxes, which is within chance."""
PROBES_KEPT = 0.8
JUDGED_LEAST = 20
"""Fewer reviews of either kind are no measure."""
WORSE_LOSS = 1.05


def probe_texts() -> list[str]:
    """Invented hoaxes that every model is asked about."""
    raw = tomllib.loads(files("classifier").joinpath("probes.toml").read_text(encoding="utf-8"))
    return [str(text) for text in raw["hoaxes"]]


def objections(
    present: Artefact, fitted: Refit, heads: Artefact, probes: FloatArray
) -> tuple[str, ...]:
    """Why the refit must not replace the present model, in Indonesian; empty where it may.

    Args:
        heads: the refit as an artefact.
        probes: columns of the invented hoaxes.
    """
    checks = (
        _false_flags(fitted),
        _separation(present, fitted),
        _probes(present, heads, probes),
        _reviews(present, fitted),
    )
    return tuple(text for text in checks if text)


def standing_of(artefact: Artefact, fitted: Refit) -> Standing:
    """How the present model stands towards the same posts, none of which it learnt."""
    lesson, threshold = fitted.lesson, float(artefact.facts["thresholds"]["default"])
    ordinary = ~lesson.is_hoax
    flagged = chances_under(artefact, lesson.columns[ordinary]) >= threshold
    return Standing(
        threshold=threshold,
        false_flags=round(float(np.average(flagged, weights=fitted.ordinary_share[ordinary])), 4),
    )


def chances_under(artefact: Artefact, columns: FloatArray) -> FloatArray:
    """The artefact's probability for each row of `side_by_side`."""
    flagger = flagger_of(artefact)
    n_dims = len(flagger.wording)
    return flagger.probability(
        columns[:, :n_dims] / np.float32(VECTOR_SCALE), columns[:, n_dims:-1], columns[:, -1]
    )


def _false_flags(fitted: Refit) -> str:
    share = fitted.false_flags()
    if share <= FALSE_FLAGS_ALLOWED:
        return ""
    return f"Akan menandai {share:.0%} unggahan biasa; paling banyak {FALSE_FLAGS_ALLOWED:.0%}."


def _separation(present: Artefact, fitted: Refit) -> str:
    """Known hoaxes are there as mean and spread only, so the AUC is that of two bell curves."""
    lesson = fitted.lesson
    ordinary = ~lesson.is_hoax
    share = fitted.ordinary_share[ordinary]
    after = _auc(_logits(fitted.held_out[ordinary]), share, _hoax_logits(fitted))
    chances = chances_under(present, lesson.columns[ordinary]).astype(np.float64)
    before = _auc(_logits(chances), share, _hoax_logits_under(present, fitted))
    if after >= before - SEPARATION_LOST:
        return ""
    change = f"{before:.2f} → {after:.2f}"
    return f"Membedakan hoaks yang dikenal dari unggahan kantor ini lebih buruk ({change})."


def _probes(present: Artefact, heads: Artefact, probes: FloatArray) -> str:
    before, after = (
        int((chances_under(a, probes) >= a.facts["thresholds"]["default"]).sum())
        for a in (present, heads)
    )
    if after >= PROBES_KEPT * before:
        return ""
    return f"Hanya {after} dari {before} contoh hoaks rekaan yang masih ditandai."


def _reviews(present: Artefact, fitted: Refit) -> str:
    lesson = fitted.lesson
    judged = ~lesson.presumed
    hoaxes = int(lesson.is_hoax[judged].sum())
    if min(hoaxes, int(judged.sum()) - hoaxes) < JUDGED_LEAST:
        return ""
    labels = lesson.is_hoax[judged]
    before = _loss(chances_under(present, lesson.columns[judged]).astype(np.float64), labels)
    after = _loss(fitted.held_out[judged], labels)
    if after <= WORSE_LOSS * before:
        return ""
    return f"Lebih sering keliru pada unggahan yang sudah ditelaah ({before:.2f} → {after:.2f})."


def _loss(chances: DoubleArray, labels: NDArray[np.bool_]) -> float:
    """Mean log loss, both kinds counting alike."""
    clipped = np.clip(chances, 1e-6, 1 - 1e-6)
    losses = -np.log(np.where(labels, clipped, 1 - clipped))
    return float((losses[labels].mean() + losses[~labels].mean()) / 2)


def _auc(logits: DoubleArray, share: DoubleArray, hoaxes: tuple[float, float]) -> float:
    return float(np.average(norm.sf(logits, *hoaxes), weights=share))


def _logits(chances: DoubleArray) -> DoubleArray:
    clipped = np.clip(chances, 1e-9, 1 - 1e-9)
    logits: DoubleArray = np.log(clipped / (1 - clipped))
    return logits


def _hoax_logits(fitted: Refit) -> tuple[float, float]:
    mean, deviation = fitted.hoaxes.logits(fitted.posterior)
    return fitted.scale * mean + fitted.shift, fitted.scale * deviation


def _hoax_logits_under(present: Artefact, fitted: Refit) -> tuple[float, float]:
    _, _, _, scale, shift = (float(value) for value in present.heads["flag.numbers"])
    mean, deviation = fitted.hoaxes.logits(layer_in(present.heads))
    return scale * mean + shift, scale * deviation
