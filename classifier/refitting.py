"""Refits the flagger's last layer with an office's own posts, and calibrates it anew on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import logistic, norm

from classifier.artefact import Artefact
from classifier.background import LEAST_POSTS
from classifier.posterior import (
    VECTOR_SCALE,
    DoubleArray,
    FloatArray,
    HoaxMoments,
    Posterior,
    chances_of,
    posterior_in,
)
from indices.errors import BadInputError

FOLDS = 5
HIDDEN_SHARE = 0.1
"""Where the guess starts: so many presumed ordinary posts may be hoaxes that nobody noticed."""
MOST_HIDDEN_SHARE = 0.15
MIXING_STEPS = 20
DOUBTING_ROUNDS = 2
"""The first layer learnt hidden hoaxes as ordinary and doubts few; one that did not doubts more."""
HALF_WIDTH = float(np.log(3))
"""Half of a logistic distribution of scale one lies within this of its middle."""
FALSE_FLAG_SHARE = 0.04
"""A fifth less than is allowed: the next posts are never quite like those learnt from."""
LOWEST_THRESHOLD = 0.1
"""Half of what any post is presumed to be worth; below that nothing is worth a look."""
N_QUANTILES = 199


@dataclass(frozen=True, slots=True)
class Lesson:
    """Posts of the office, as the last layer sees them."""

    columns: FloatArray
    is_hoax: NDArray[np.bool_]
    presumed: NDArray[np.bool_]
    """Nobody looked at the post: it is ordinary because nearly all are."""
    weights: DoubleArray

    def where(self, chosen: NDArray[np.bool_]) -> Lesson:
        """The chosen rows."""
        return Lesson(
            self.columns[chosen], self.is_hoax[chosen], self.presumed[chosen], self.weights[chosen]
        )

    def __len__(self) -> int:
        return len(self.is_hoax)


@dataclass(frozen=True, slots=True)
class Refit:
    """A last layer that knows the office's posts."""

    posterior: Posterior
    hoaxes: HoaxMoments
    scale: float
    shift: float
    thresholds: Mapping[str, float]
    usual_wording: float
    lesson: Lesson
    held_out: DoubleArray
    """Probability of each post by a layer that did not learn from it."""
    ordinary_share: DoubleArray
    """How far each post was believed to be ordinary; 1 for what a person judged."""

    def false_flags(self) -> float:
        """Share of ordinary posts that the default threshold flags, by layers new to them."""
        ordinary = ~self.lesson.is_hoax
        flagged = self.held_out[ordinary] >= self.thresholds["default"]
        return float(np.average(flagged, weights=self.ordinary_share[ordinary]))

    def hoaxes_flagged(self) -> float:
        """Share of known hoaxes that the default threshold may be expected to flag."""
        mean, deviation = self.hoaxes.logits(self.posterior)
        bar = (log_odds(self.thresholds["default"]) - self.shift) / self.scale
        return float(norm.sf(bar, mean, deviation))


def background_lesson(columns: FloatArray, weight: float) -> Lesson:
    """Posts that are presumed ordinary, each counting as `weight` posts of training."""
    n_posts = len(columns)
    everywhere = np.ones(n_posts, dtype=bool)
    return Lesson(columns, ~everywhere, everywhere, np.full(n_posts, weight))


def refit(artefact: Artefact, lesson: Lesson, *, with_library: bool) -> Refit:
    """Learn from the lesson; nothing is written.

    Args:
        with_library: whether the lesson's match column was filled.

    Raises:
        BadInputError: too few posts to tell what is ordinary here.
    """
    n_ordinary = int((~lesson.is_hoax).sum())
    if n_ordinary < LEAST_POSTS:
        raise BadInputError(
            f"background: {n_ordinary} posts to learn from; at least {LEAST_POSTS} are needed"
        )
    posterior, hoaxes = posterior_in(artefact.heads)
    if not with_library:
        hoaxes = hoaxes.without_match()
    share = ordinary_share(posterior, hoaxes, lesson)
    learnt = _learn(posterior, lesson, share)
    held_out = _held_out_logits(posterior, lesson, share)
    prior = float(artefact.facts["prior"])
    scale, shift = _calibrate(held_out, lesson, share, hoaxes.logits(learnt), prior)
    chances = chances_of(scale * held_out + shift)
    ordinary = ~lesson.is_hoax
    default = _threshold(chances[ordinary], share[ordinary])
    return Refit(
        posterior=learnt,
        hoaxes=hoaxes,
        scale=scale,
        shift=shift,
        thresholds=moved_thresholds(default, artefact.facts["thresholds"]),
        usual_wording=_usual_wording(
            learnt, hoaxes, lesson, n_dims=len(artefact.heads["flag.wording"])
        ),
        lesson=lesson,
        held_out=chances,
        ordinary_share=share,
    )


def ordinary_share(posterior: Posterior, hoaxes: HoaxMoments, lesson: Lesson) -> DoubleArray:
    """How far each post can be believed to be ordinary, so that hidden hoaxes teach little.

    A post counts less where it looks like hoaxes *and* the rest of its stream does not: a topic
    that all looks like hoaxes to a model that never met it must still be learnt.
    """
    share, layer = np.ones(len(lesson)), posterior
    presumed = lesson.presumed
    for number in range(DOUBTING_ROUNDS if presumed.any() else 0):
        if number:
            layer = _learn(posterior, lesson, share)
        logits = _held_out_logits(posterior, lesson, share)[presumed]
        share[presumed] = _believed(logits, *hoaxes.logits(layer))
    return share


def _believed(logits: DoubleArray, hoax_mean: float, hoax_deviation: float) -> DoubleArray:
    """A mixture of the stream's own bulk and known hoaxes; only how they mix is learnt (EM)."""
    middle = float(np.median(logits))
    width = float(np.median(np.abs(logits - middle))) / HALF_WIDTH + 1e-6
    usual = logistic.pdf(logits, middle, width)
    hidden = norm.pdf(logits, hoax_mean, hoax_deviation)
    order = np.argsort(logits, kind="stable")
    hidden_share = HIDDEN_SHARE
    believed = np.ones(len(logits))
    for _ in range(MIXING_STEPS):
        evidence = (1 - hidden_share) * usual
        believed = np.where(
            logits <= middle, 1.0, evidence / (evidence + hidden_share * hidden + 1e-300)
        )
        believed[order] = np.minimum.accumulate(believed[order])
        hidden_share = float(np.clip(1 - believed.mean(), 0.002, MOST_HIDDEN_SHARE))
    return believed


def refit_heads(artefact: Artefact, fitted: Refit) -> dict[str, FloatArray]:
    """The artefact's numbers with the new last layer.

    The posterior stays that of training, where the next refit starts again: what was presumed
    last month must not count for ever.
    """
    mean = fitted.posterior.mean.astype(np.float32)
    n_dims = len(artefact.heads["flag.wording"])
    numbers = [mean[-2], mean[-1], fitted.usual_wording, fitted.scale, fitted.shift]
    return {
        **artefact.heads,
        "flag.wording": mean[:n_dims] * np.float32(VECTOR_SCALE),
        "flag.cues": mean[n_dims:-2],
        "flag.numbers": np.array(numbers, dtype=np.float32),
    }


def _learn(posterior: Posterior, lesson: Lesson, share: DoubleArray) -> Posterior:
    return posterior.learn(lesson.columns, lesson.is_hoax, lesson.weights * share)


def _held_out_logits(posterior: Posterior, lesson: Lesson, share: DoubleArray) -> DoubleArray:
    """Log-odds of each post by a layer that learnt from the others."""
    folds = np.arange(len(lesson)) % FOLDS
    logits = np.empty(len(lesson))
    for number in range(FOLDS):
        inside = folds == number
        learnt = _learn(posterior, lesson.where(~inside), share[~inside])
        logits[inside] = learnt.logits(lesson.columns[inside])
    return logits


def _calibrate(
    held_out: DoubleArray,
    lesson: Lesson,
    share: DoubleArray,
    hoaxes: tuple[float, float],
    prior: float,
) -> tuple[float, float]:
    """Scale and shift that make log-odds honest where `prior` of posts are hoaxes."""
    quantiles = norm.ppf((np.arange(N_QUANTILES) + 0.5) / N_QUANTILES, *hoaxes)
    known = held_out[lesson.is_hoax]
    ups = np.concatenate([quantiles, known])
    downs = held_out[~lesson.is_hoax]
    up_weights = np.concatenate([np.ones(N_QUANTILES), np.ones(len(known))])
    down_weights = share[~lesson.is_hoax]
    n_rows = len(ups) + len(downs)
    weights = np.concatenate(
        [
            up_weights * prior * n_rows / up_weights.sum(),
            down_weights * (1 - prior) * n_rows / down_weights.sum(),
        ]
    )
    flat = Posterior(np.array([1.0, 0.0]), np.eye(2) * 1e-3)
    logits = np.concatenate([ups, downs])[:, None].astype(np.float32)
    fitted = flat.learn(logits, np.arange(n_rows) < len(ups), weights)
    return max(float(fitted.mean[0]), 1e-3), float(fitted.mean[1])


def _threshold(chances: DoubleArray, share: DoubleArray) -> float:
    """The lowest threshold that flags no more ordinary posts than allowed, the next one too."""
    order = np.argsort(-chances, kind="stable")
    above = (np.cumsum(share[order]) + 1) / (share.sum() + 1)
    allowed = chances[order][above <= FALSE_FLAG_SHARE]
    lowest = float(np.nextafter(chances.max(), 1)) if not len(allowed) else float(allowed[-1])
    return min(max(lowest, LOWEST_THRESHOLD), 0.99)


def moved_thresholds(default: float, before: Mapping[str, float]) -> dict[str, float]:
    """The press stays as much more carefully flagged as it was."""
    gap = max(0.0, log_odds(before["careful"]) - log_odds(before["default"]))
    careful = float(chances_of(np.array([log_odds(default) + gap]))[0])
    return {"default": round(default, 4), "careful": round(max(careful, default), 4)}


def _usual_wording(learnt: Posterior, hoaxes: HoaxMoments, lesson: Lesson, *, n_dims: int) -> float:
    """What wording adds for a text half way between the two kinds."""
    middle = (hoaxes.mean + lesson.columns[~lesson.is_hoax].mean(axis=0)) / 2
    return float(middle[:n_dims] @ learnt.mean[:n_dims])


def log_odds(chance: float) -> float:
    """The inverse of a probability's logistic curve."""
    return float(np.log(chance / (1 - chance)))
