"""What the last layer learnt, as a Gaussian that can go on learning without the posts it came from.

Around its optimum the training loss is a bowl: the layer's weights and the bowl's curvature say all
that new posts need to be weighed against. No text and no vector of a post is kept.

Source: MacKay 1992, "The Evidence Framework Applied to Classification Networks" (Laplace).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indices.errors import ArtefactError

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]

VECTOR_SCALE = 0.3
"""How large the vector's coordinates stand beside the signs; chosen on the dev period.

The adapter has seen the posts that the layer is fitted to and parts them too well: weights on the
vector must cost more than weights on signs, or the layer learns how posts of training were parted.
"""
N_DIRECTIONS = 192
"""In which the spread of hoaxes is kept as it is; what is left is kept column by column."""
MOST_STEPS = 25
SMALLEST_STEP = 1e-5


@dataclass(frozen=True, slots=True)
class Posterior:
    """Weights of all columns, the constant last, and how firmly training holds each of them."""

    mean: DoubleArray
    """Shape (n_columns + 1,)."""
    precision: DoubleArray
    """Shape (n_columns + 1, n_columns + 1), in posts of weight one."""

    def logits(self, columns: FloatArray) -> DoubleArray:
        """Log-odds before calibration; shape (n,)."""
        sums: DoubleArray = columns @ self.mean[:-1] + self.mean[-1]
        return sums

    def learn(
        self, columns: FloatArray, is_hoax: NDArray[np.bool_], weights: DoubleArray
    ) -> Posterior:
        """The posterior after these posts too, by Newton's method.

        Args:
            columns: shape (n, n_columns), see `side_by_side`.
            weights: shape (n,), how many posts of training each counts.
        """
        rows = _with_constant(columns)
        mean = self.mean.copy()
        for _ in range(MOST_STEPS):
            chances = chances_of(rows @ mean)
            slope = rows.T @ (weights * (chances - is_hoax)) + self.precision @ (mean - self.mean)
            step = np.linalg.solve(self.precision + _curvature(rows, chances, weights), slope)
            mean -= step * min(1.0, 4.0 / (1e-12 + float(np.abs(rows @ step).max(initial=0.0))))
            if np.abs(step).max() < SMALLEST_STEP:
                break
        curvature = _curvature(rows, chances_of(rows @ mean), weights)
        return Posterior(mean, self.precision + curvature)


@dataclass(frozen=True, slots=True)
class HoaxMoments:
    """Mean and spread of hoaxes that the layer did not learn from, and nothing finer."""

    mean: DoubleArray
    """Shape (n_columns,)."""
    directions: DoubleArray
    """In which they differ most, as long as they spread; shape (n_directions, n_columns)."""
    rest: DoubleArray
    """Variance of each column that no direction tells; shape (n_columns,)."""

    def logits(self, posterior: Posterior) -> tuple[float, float]:
        """Mean and deviation of such hoaxes' log-odds under a layer."""
        weights = posterior.mean[:-1]
        along = self.directions @ weights
        spread = float(along @ along + self.rest @ weights**2)
        return float(self.mean @ weights + posterior.mean[-1]), max(spread, 1e-6) ** 0.5

    def without_match(self) -> HoaxMoments:
        """The same where no library is at hand."""
        mean, directions, rest = self.mean.copy(), self.directions.copy(), self.rest.copy()
        mean[-1], directions[:, -1], rest[-1] = 0, 0, 0
        return HoaxMoments(mean, directions, rest)


def moments_of(columns: FloatArray) -> HoaxMoments:
    """Mean and spread of these rows."""
    rows = columns.astype(np.float64)
    covariance = np.cov(rows.T)
    variances, axes = np.linalg.eigh(covariance)
    largest = slice(-min(N_DIRECTIONS, len(variances)), None)
    directions = (axes[:, largest] * np.sqrt(np.maximum(variances[largest], 0))).T
    rest = np.maximum(np.diag(covariance) - (directions**2).sum(axis=0), 0)
    return HoaxMoments(rows.mean(axis=0), directions, rest)


def laplace(
    mean: DoubleArray, columns: FloatArray, weights: DoubleArray, penalty: float
) -> Posterior:
    """The posterior around a fitted logistic regression; the constant is not penalised.

    Args:
        mean: the fitted weights, the constant last.
        penalty: scikit-learn's `C`.
    """
    rows = _with_constant(columns)
    prior = np.eye(len(mean)) / penalty
    prior[-1, -1] = 1e-6
    return Posterior(mean, prior + _curvature(rows, chances_of(rows @ mean), weights))


def side_by_side(vectors: FloatArray, cues: FloatArray, evidence: FloatArray) -> FloatArray:
    """All that the last layer sees of each post, scaled alike; shape (n, n_columns)."""
    return np.concatenate([vectors * np.float32(VECTOR_SCALE), cues, evidence[:, None]], axis=1)


def pack_posterior(posterior: Posterior, hoaxes: HoaxMoments) -> dict[str, FloatArray]:
    """What an artefact carries of its training, whatever was refitted since."""
    return {
        "flag.trained": posterior.mean.astype(np.float32),
        "flag.precision": pack(posterior.precision),
        "flag.hoax_mean": hoaxes.mean.astype(np.float32),
        "flag.hoax_directions": hoaxes.directions.astype(np.float16),
        "flag.hoax_rest": hoaxes.rest.astype(np.float32),
        "flag.scale": np.array([VECTOR_SCALE], dtype=np.float32),
    }


def posterior_in(heads: Mapping[str, FloatArray]) -> tuple[Posterior, HoaxMoments]:
    """What `pack_posterior` put there.

    Raises:
        ArtefactError: the model was trained before posteriors were kept.
    """
    scale = heads.get("flag.scale", np.zeros(1, dtype=np.float32))
    if "flag.hoax_rest" not in heads or scale[0] != np.float32(VECTOR_SCALE):
        raise ArtefactError(
            "this model cannot learn from a background: it carries no posterior of this version;"
            " use the shipped model, or train it again with `luruskan train`"
        )
    hoaxes = HoaxMoments(
        *(heads[f"flag.hoax_{part}"].astype(np.float64) for part in ("mean", "directions", "rest"))
    )
    return Posterior(
        heads["flag.trained"].astype(np.float64), unpack(heads["flag.precision"])
    ), hoaxes


def layer_in(heads: Mapping[str, FloatArray]) -> Posterior:
    """The weights in use, be they training's or a refit's; their precision is not kept."""
    match, constant = heads["flag.numbers"][:2]
    mean = np.concatenate(
        [heads["flag.wording"] / VECTOR_SCALE, heads["flag.cues"], [match, constant]]
    )
    return Posterior(mean.astype(np.float64), np.eye(len(mean)))


def pack(symmetric: DoubleArray) -> FloatArray:
    """The upper half of a symmetric matrix, row by row."""
    return symmetric[np.triu_indices(len(symmetric))].astype(np.float32)


def unpack(upper: FloatArray) -> DoubleArray:
    """The matrix that `pack` was given."""
    size = int((np.sqrt(8 * len(upper) + 1) - 1) / 2)
    matrix = np.zeros((size, size))
    matrix[np.triu_indices(size)] = upper
    return matrix + np.triu(matrix, 1).T


def _with_constant(columns: FloatArray) -> DoubleArray:
    return np.column_stack([columns.astype(np.float64), np.ones(len(columns))])


def chances_of(logits: DoubleArray) -> DoubleArray:
    """Log-odds to probabilities, never quite 0 or 1."""
    chances: DoubleArray = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chances


def _curvature(rows: DoubleArray, chances: DoubleArray, weights: DoubleArray) -> DoubleArray:
    curvature: DoubleArray = (rows.T * (weights * chances * (1 - chances))) @ rows
    return curvature
