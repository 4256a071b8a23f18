"""The posterior learns on where training stopped, and stands for the posts it never shows."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.posterior import moments_of, pack, pack_posterior, posterior_in, unpack
from classifier.training.flag_head import balanced_weights, fit_layer, hoax_moments, posterior_of
from indices.errors import ArtefactError
from tests.classifier.training.test_flag_head import make_sample


def test_learning_nothing_changes_nothing() -> None:
    sample = make_sample()
    posterior = posterior_of(fit_layer(sample), sample)
    none = sample.where(np.zeros(len(sample.is_hoax), dtype=bool))
    again = posterior.learn(none.columns(), none.is_hoax, none.weights)
    assert np.allclose(again.mean, posterior.mean, atol=1e-6)


def test_the_posterior_stands_for_the_posts_it_came_from() -> None:
    """Half learnt by training and half afterwards is nearly all learnt at once."""
    sample = make_sample(800)
    half = np.arange(800) % 2 == 0
    weights = balanced_weights(sample)
    posterior = posterior_of(fit_layer(sample.where(half)), sample.where(half))
    rest = sample.where(~half)
    learnt = posterior.learn(rest.columns(), rest.is_hoax, weights[~half])
    whole = fit_layer(sample).logits(sample)
    assert np.corrcoef(learnt.logits(sample.columns()), whole)[0, 1] > 0.98


def test_ordinary_posts_far_from_training_are_believed() -> None:
    sample = make_sample()
    posterior = posterior_of(fit_layer(sample), sample)
    columns = sample.columns()[sample.is_hoax][:50].copy()
    columns[:, 1] += 9
    before = posterior.logits(columns).mean()
    learnt = posterior.learn(columns, np.zeros(50, dtype=bool), np.full(50, 20.0))
    assert learnt.logits(columns).mean() < before - 1
    hoaxes = sample.columns()[sample.is_hoax]
    drop = posterior.logits(hoaxes).mean() - learnt.logits(hoaxes).mean()
    assert drop < before - learnt.logits(columns).mean()


def test_an_absurd_weight_neither_fails_nor_overflows() -> None:
    sample = make_sample()
    posterior = posterior_of(fit_layer(sample), sample)
    columns = sample.columns()[sample.is_hoax]
    learnt = posterior.learn(columns, np.zeros(len(columns), bool), np.full(len(columns), 1e6))
    assert np.isfinite(learnt.mean).all()


def test_moments_tell_the_log_odds_of_hoaxes() -> None:
    sample = make_sample(2000)
    posterior = posterior_of(fit_layer(sample), sample)
    columns = sample.columns()[sample.is_hoax]
    mean, deviation = moments_of(columns).logits(posterior)
    logits = posterior.logits(columns)
    assert mean == pytest.approx(logits.mean(), abs=0.01)
    assert deviation == pytest.approx(logits.std(), rel=0.02)
    quiet = moments_of(columns).without_match().logits(posterior)
    columns[:, -1] = 0
    assert quiet[0] == pytest.approx(posterior.logits(columns).mean(), abs=0.01)


def test_what_is_packed_comes_back() -> None:
    sample = make_sample()
    layer = fit_layer(sample)
    posterior, moments = posterior_of(layer, sample), hoax_moments(sample)
    assert np.allclose(unpack(pack(posterior.precision)), posterior.precision, rtol=1e-5)
    again, moments_again = posterior_in(pack_posterior(posterior, moments))
    assert np.allclose(again.mean, posterior.mean, atol=1e-5)
    assert moments_again.logits(again) == pytest.approx(moments.logits(posterior), rel=1e-3)


def test_a_model_without_a_posterior_says_what_to_do() -> None:
    with pytest.raises(ArtefactError, match="train it again"):
        posterior_in({})
