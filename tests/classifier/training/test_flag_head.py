"""The last layer: both classes count alike, thresholds keep their promise, bytes repeat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.artefact import HEADS, save_artefact
from classifier.training.flag_head import (
    CAREFUL_PRIOR,
    PRIOR,
    Sample,
    balanced_weights,
    careful_threshold,
    fit_calibration,
    fit_layer,
    left_out_logits,
    posterior_of,
    source_mean_quantile,
)


def make_sample(n_rows: int = 400, seed: int = 0) -> Sample:
    rng = np.random.default_rng(seed)
    is_hoax = rng.random(n_rows) < 0.3
    vectors = rng.standard_normal((n_rows, 8)).astype(np.float32)
    vectors[:, 0] += 2 * is_hoax
    sources = np.where(is_hoax, "hoax", rng.choice(["a", "b"], n_rows, p=[0.9, 0.1]))
    return Sample(
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        cues=rng.random((n_rows, 3)).astype(np.float32),
        evidence=rng.random(n_rows).astype(np.float32),
        is_hoax=is_hoax,
        sources=sources,
        weights=np.ones(n_rows),
    )


def test_hoaxes_and_ordinary_posts_weigh_the_same() -> None:
    sample = make_sample()
    weights = balanced_weights(sample)
    assert weights[sample.is_hoax].sum() == pytest.approx(weights[~sample.is_hoax].sum())
    per_post = [weights[sample.sources == source].mean() for source in ("a", "b")]
    assert per_post[1] > per_post[0]


def test_the_layer_learns_what_tells_them_apart() -> None:
    sample = make_sample()
    logits = fit_layer(sample, scale=1.2).logits(sample)
    assert logits[sample.is_hoax].mean() > logits[~sample.is_hoax].mean() + 1


def test_fitting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        layer = fit_layer(make_sample())
        save_artefact(tmp_path / name, {"w": layer.wording, "c": layer.cues}, {})
    assert (tmp_path / "one" / HEADS).read_bytes() == (tmp_path / "two" / HEADS).read_bytes()


def test_calibrated_probabilities_average_to_the_prior() -> None:
    sample = make_sample()
    logits = fit_layer(sample).logits(sample)
    scale, shift = fit_calibration(logits, sample.is_hoax, sample.weights)
    chances = 1 / (1 + np.exp(-(scale * logits + shift)))
    mixed = PRIOR * chances[sample.is_hoax].mean() + (1 - PRIOR) * chances[~sample.is_hoax].mean()
    assert mixed == pytest.approx(PRIOR, abs=0.02)


def test_the_threshold_lets_through_no_more_than_promised() -> None:
    rng = np.random.default_rng(1)
    values = rng.standard_normal(4000).astype(np.float32)
    sources = np.where(np.arange(4000) < 3900, "large", "small")
    values[3900:] += 1
    threshold = source_mean_quantile(values, sources, 0.05)
    shares = [(values[sources == source] > threshold).mean() for source in ("large", "small")]
    assert np.mean(shares) <= 0.051


def test_left_out_means_fitted_without_that_source() -> None:
    sample = make_sample()
    logits = left_out_logits(sample, sample, ["a", "b"])
    without_b = fit_layer(sample.where(sample.sources != "b"))
    rows = (sample.sources == "b") & ~sample.is_hoax
    assert np.allclose(logits[rows], without_b.logits(sample.where(rows)), atol=1e-4)


@pytest.mark.parametrize("likelihood_ratio", [0.5, 3.0, 40.0])
def test_a_rarer_kind_needs_evidence_that_makes_it_as_likely(likelihood_ratio: float) -> None:
    """The same evidence on top of the rarer share must come to the same chance."""

    def chance(prior: float, ratio: float) -> float:
        odds = prior / (1 - prior) * ratio
        return odds / (1 + odds)

    careful = careful_threshold(chance(PRIOR, likelihood_ratio))
    needed = careful / (1 - careful) / (PRIOR / (1 - PRIOR))
    assert chance(CAREFUL_PRIOR, needed) == pytest.approx(chance(PRIOR, likelihood_ratio))


def test_words_by_themselves_get_no_weight_but_stay_open_to_a_background() -> None:
    rng = np.random.default_rng(2)
    sample = make_sample()
    words = rng.standard_normal((len(sample.vectors), 5)).astype(np.float32)
    words[:, 0] += 3 * sample.is_hoax  # would tell the two kinds apart
    both = replace(sample, vectors=np.hstack([sample.vectors, words]), n_words=5)
    layer = fit_layer(both)
    assert np.array_equal(layer.wording[:8], fit_layer(sample).wording)
    assert (layer.wording[8:] == 0).all()
    posterior = posterior_of(layer, both)
    rows = np.zeros((200, both.columns().shape[1]), dtype=np.float32)
    rows[:, 9] = 1.0  # a word that all posts of an office share
    learnt = posterior.learn(rows, np.zeros(200, dtype=bool), np.full(200, 10.0))
    assert posterior.mean[9] == 0
    assert learnt.mean[9] < -0.1


def test_invented_posts_move_the_layer_and_hold_nothing() -> None:
    real, invented = make_sample(), make_sample()
    invented = replace(
        invented,
        vectors=invented.vectors[::-1].copy(),
        sources=np.where(invented.is_hoax, "invented_hoax", "invented_health"),
    )
    both = Sample(
        *(
            np.concatenate([getattr(part, name) for part in (real, invented)])
            for name in ("vectors", "cues", "evidence", "is_hoax", "sources", "weights")
        )
    )
    layer = fit_layer(both)
    assert not np.allclose(layer.wording, fit_layer(real).wording, atol=1e-3)
    assert np.array_equal(posterior_of(layer, both).precision, posterior_of(layer, real).precision)
