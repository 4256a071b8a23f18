"""A refit learns what is ordinary here, doubts hidden hoaxes and keeps its promises."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import refitting
from classifier.artefact import Artefact, load_artefact
from classifier.flagging import flagger_of
from classifier.posterior import VECTOR_SCALE, FloatArray, posterior_in
from classifier.refitting import Lesson, background_lesson, ordinary_share, refit, refit_heads
from indices.errors import BadInputError


@pytest.fixture(scope="module")
def artefact() -> Artefact:
    return load_artefact("shipped")


def hoax_like(artefact: Artefact, count: int, seed: int = 0) -> FloatArray:
    """Rows drawn around known hoaxes: what a post of an unknown topic can look like."""
    _, hoaxes = posterior_in(artefact.heads)
    rng = np.random.default_rng(seed)
    along = rng.standard_normal((count, len(hoaxes.directions))) @ hoaxes.directions
    rest = rng.standard_normal((count, len(hoaxes.rest))) * np.sqrt(hoaxes.rest)
    noise = hoaxes.mean + along + rest
    noise[:, -1] = 0
    return noise.astype(np.float32)


def ordinary(artefact: Artefact, count: int, seed: int = 1) -> FloatArray:
    """Rows that the model takes for ordinary, and not so surely that nothing is left to learn."""
    posterior, _ = posterior_in(artefact.heads)
    rows = hoax_like(artefact, count, seed)
    norm = np.linalg.norm(posterior.mean[:-1])
    distance = (posterior.logits(rows).mean() + 3.0) / norm
    return (rows - distance * posterior.mean[:-1] / norm).astype(np.float32)


def test_a_stream_that_all_looks_like_hoaxes_is_learnt(artefact: Artefact) -> None:
    rows = hoax_like(artefact, 300)
    rows[:, 3] += 3  # its own topic
    posterior, hoaxes = posterior_in(artefact.heads)
    share = ordinary_share(posterior, hoaxes, background_lesson(rows, 20.0))
    assert share.mean() > 0.85
    fitted = refit(artefact, background_lesson(rows, 20.0), with_library=False)
    assert fitted.false_flags() <= 0.05
    assert fitted.posterior.logits(rows).mean() < posterior.logits(rows).mean() - 2


def test_hidden_hoaxes_are_doubted(artefact: Artefact) -> None:
    """Over several draws: of thirty hoaxes alone the mean moves by a tenth with the draw."""
    posterior, hoaxes = posterior_in(artefact.heads)
    shares = []
    for draw in range(6):
        usual, hidden = ordinary(artefact, 270, 2 * draw + 1), hoax_like(artefact, 30, 2 * draw)
        lesson = background_lesson(np.concatenate([usual, hidden]), 20.0)
        shares.append(ordinary_share(posterior, hoaxes, lesson))
    assert min(share[:270].mean() for share in shares) > 0.9
    assert np.mean([share[270:].mean() for share in shares]) < 0.55


def test_what_a_person_judged_is_never_doubted(artefact: Artefact) -> None:
    rows = np.concatenate([ordinary(artefact, 270), hoax_like(artefact, 30)])
    lesson = background_lesson(rows, 20.0)
    judged = Lesson(rows, lesson.is_hoax, np.arange(300) < 270, lesson.weights)
    posterior, hoaxes = posterior_in(artefact.heads)
    assert (ordinary_share(posterior, hoaxes, judged)[270:] == 1).all()


def test_thresholds_flag_no_more_than_promised_and_the_press_less(artefact: Artefact) -> None:
    fitted = refit(artefact, background_lesson(ordinary(artefact, 200), 20.0), with_library=False)
    assert fitted.false_flags() <= 0.05
    assert 0.1 <= fitted.thresholds["default"] <= fitted.thresholds["careful"] < 1


def test_too_few_posts_are_refused(artefact: Artefact) -> None:
    with pytest.raises(BadInputError, match="at least 50"):
        refit(artefact, background_lesson(ordinary(artefact, 49), 20.0), with_library=False)


def test_the_flagger_computes_what_the_refit_meant(artefact: Artefact) -> None:
    rows = ordinary(artefact, 120)
    fitted = refit(artefact, background_lesson(rows, 20.0), with_library=False)
    heads = refit_heads(artefact, fitted)
    flagger = flagger_of(artefact.with_layer("background", heads, fitted.thresholds))
    n_dims = len(flagger.wording)
    chances = flagger.probability(
        rows[:, :n_dims] / np.float32(VECTOR_SCALE), rows[:, n_dims:-1], rows[:, -1]
    )
    logits = fitted.scale * fitted.posterior.logits(rows) + fitted.shift
    assert np.allclose(chances, 1 / (1 + np.exp(-logits)), atol=1e-4)


def test_a_refit_of_a_refit_starts_from_training_again(artefact: Artefact) -> None:
    lesson = background_lesson(ordinary(artefact, 120), 20.0)
    once = refit(artefact, lesson, with_library=False)
    office = artefact.with_layer("one", refit_heads(artefact, once), once.thresholds)
    assert not np.allclose(office.heads["flag.wording"], artefact.heads["flag.wording"])
    twice = refit(office, lesson, with_library=False)
    assert np.allclose(twice.posterior.mean, once.posterior.mean, atol=1e-6)


def test_only_a_background_gives_words_by_themselves_a_weight(artefact: Artefact) -> None:
    words = slice(len(artefact.heads["flag.wording"]) // 2, None)
    assert (artefact.heads["flag.wording"][words] == 0).all()
    assert (artefact.heads["scam.wording"][words] == 0).all()
    fitted = refit(artefact, background_lesson(ordinary(artefact, 120), 20.0), with_library=False)
    assert np.abs(refit_heads(artefact, fitted)["flag.wording"][words]).max() > 0


def test_a_second_look_doubts_hidden_hoaxes_more(
    artefact: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = np.concatenate([ordinary(artefact, 270), hoax_like(artefact, 30)])
    posterior, hoaxes = posterior_in(artefact.heads)
    lesson = background_lesson(rows, 30.0)
    shares = {}
    for rounds in (1, 2):
        monkeypatch.setattr(refitting, "DOUBTING_ROUNDS", rounds)
        shares[rounds] = ordinary_share(posterior, hoaxes, lesson)
    assert shares[2][270:].mean() < shares[1][270:].mean()
    assert shares[2][:270].mean() > 0.9
