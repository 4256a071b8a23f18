"""The scam head tells scams from hoaxes too, and no post of training meets a head that saw it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classifier.cues import cue_codes
from classifier.training.flag_head import Sample
from classifier.training.invented import INVENTED_HOAX
from classifier.training.samples import FRAUD_SOURCE, HOAX_SOURCE, SCAM_SOURCE
from classifier.training.scam_head import fit_scam_head, with_scam_sign
from classifier.training.splits import TEST, TRAIN

N_EACH = 60


def make_sample(seed: int = 0) -> Sample:
    """Four kinds; scams lie along the first axis, hoaxes along the second."""
    rng = np.random.default_rng(seed)
    sources = np.repeat([FRAUD_SOURCE, SCAM_SOURCE, HOAX_SOURCE, "a"], N_EACH)
    vectors = rng.standard_normal((len(sources), 6)).astype(np.float32) / 4
    vectors[: 2 * N_EACH, 0] += 2
    vectors[2 * N_EACH : 3 * N_EACH, 1] += 2
    return Sample(
        vectors=vectors,
        cues=rng.random((len(sources), len(cue_codes()))).astype(np.float32),
        evidence=rng.random(len(sources)).astype(np.float32),
        is_hoax=sources != "a",
        sources=sources,
        weights=np.ones(len(sources)),
    )


def test_scams_stand_out_from_hoaxes_and_ordinary_posts() -> None:
    sample, other = make_sample(), make_sample(seed=1)
    strengths = fit_scam_head(sample).strengths(other.vectors, other.cues)
    means = [float(part.mean()) for part in np.split(strengths, 4)]
    assert min(means[:2]) > 0.5
    assert max(means[2:]) < 0.2


def test_the_match_says_nothing_of_scams() -> None:
    sample = make_sample()
    telling = replace(sample, evidence=(sample.sources == SCAM_SOURCE).astype(np.float32))
    one, other = fit_scam_head(sample), fit_scam_head(telling)
    assert np.array_equal(one.wording, other.wording)


def test_posts_of_training_are_told_by_a_head_that_never_met_them() -> None:
    sample = make_sample()
    splits = np.where(np.arange(len(sample.is_hoax)) % 2 == 0, TRAIN, TEST)
    training = splits == TRAIN
    head = fit_scam_head(sample.where(training))
    known = head.strengths(sample.vectors, sample.cues)
    signed = with_scam_sign(sample, splits, head)
    assert signed.cues.shape == (len(splits), len(cue_codes()) + 1)
    assert np.array_equal(signed.cues[~training, -1], known[~training])
    scams = training & np.isin(sample.sources, [FRAUD_SOURCE, SCAM_SOURCE])
    assert not np.array_equal(signed.cues[scams, -1], known[scams])


def test_no_post_of_training_is_no_trouble() -> None:
    sample = make_sample()
    head = fit_scam_head(sample)
    signed = with_scam_sign(sample, np.full(len(sample.is_hoax), TEST), head)
    assert np.array_equal(signed.cues[:, -1], head.strengths(sample.vectors, sample.cues))


def test_invented_hoaxes_that_may_be_scams_teach_the_head_nothing() -> None:
    sample, other = make_sample(), make_sample(seed=2)
    with_invented = Sample(
        vectors=np.vstack([sample.vectors, other.vectors[:N_EACH]]),
        cues=np.vstack([sample.cues, other.cues[:N_EACH]]),
        evidence=np.concatenate([sample.evidence, other.evidence[:N_EACH]]),
        is_hoax=np.concatenate([sample.is_hoax, np.ones(N_EACH, dtype=bool)]),
        sources=np.concatenate([sample.sources, np.repeat(INVENTED_HOAX, N_EACH)]),
        weights=np.ones(5 * N_EACH),
    )
    one, two = fit_scam_head(sample), fit_scam_head(with_invented)
    assert np.array_equal(one.wording, two.wording)
    assert one.intercept == two.intercept
