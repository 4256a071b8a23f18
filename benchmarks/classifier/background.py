"""How much a background teaches: each source left out of the last layer, then learnt as background.

LURUSKAN_TEST_DATA=... python -m benchmarks.classifier.background [--weight 30]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.classifier.streams import Stream, read_sample, read_streams
from classifier.artefact import FLAG_ADAPTER, SHIPPED, Artefact, load_artefact
from classifier.encoder import BUNDLED, load_encoder
from classifier.posterior import FloatArray, Posterior, pack_posterior, side_by_side
from classifier.refitting import background_lesson, refit
from classifier.scams import scam_head_of
from classifier.training.corpus import ORDINARY_SOURCES, data_dir
from classifier.training.flag_head import Sample, fit_layer, hoax_moments, posterior_of
from classifier.training.measuring import calibration_error, separation
from classifier.training.samples import HOAX_SOURCE, TextRow
from classifier.training.scam_head import with_scam_sign
from classifier.training.splits import DEV, TEST, TRAIN
from indices.progress import TerminalProgress
from indices.settings import ClassifierSettings

COUNTS = (0, 100, 500, 2_000)
MIXED = ("x_vaksin", "x_purbaya", "yt_banten", "reviews_smsa")
"""Four sources that the shipped adapter of November 2026 never saw, left out together."""
HIDDEN = 0.1
TOPICS = {
    "x_vaksin": r"vaksin|covid|imunisasi",
    "x_corona": r"vaksin|covid|corona|virus",
    "x_purbaya": r"purbaya|menteri keuangan|menkeu",
    "x_mbg_sep": r"\bmbg\b|makan(?:an)? bergizi",
    "yt_tunjangan": r"\bdpr\b|tunjangan",
}
HEAD = "| left out | background | AUC | recall@5% | ECE | false flags | hoaxes flagged |"


@dataclass(frozen=True, slots=True)
class Trial:
    """The rows of one split each, and what can be learnt as background."""

    rows: Sequence[TextRow]
    sample: Sample
    streams: dict[str, Stream]
    artefact: Artefact
    weight: float

    def split(self, name: str) -> NDArray[np.bool_]:
        """Which rows are of a split."""
        return np.array([row.split == name for row in self.rows])

    def about(self, pattern: str) -> NDArray[np.bool_]:
        """Which rows are hoaxes on a topic."""
        told = [re.search(pattern, row.text.lower()) is not None for row in self.rows]
        return np.array(told) & (self.sample.sources == HOAX_SOURCE)


@dataclass(frozen=True, slots=True)
class Layer:
    """A last layer before or after learning, calibrated."""

    posterior: Posterior
    scale: float
    shift: float
    threshold: float

    def probability(self, columns: FloatArray) -> NDArray[np.float64]:
        """Of each row, without a library."""
        logits = self.scale * self.posterior.logits(columns) + self.shift
        return 1 / (1 + np.exp(-logits))


def without(trial: Trial, names: Sequence[str], hidden: NDArray[np.bool_]) -> Artefact:
    """The shipped model as if its last layer had never met these sources and hoaxes."""
    training = trial.sample.where(
        trial.split(TRAIN) & ~np.isin(trial.sample.sources, names) & ~hidden
    )
    layer = fit_layer(training)
    moments = hoax_moments(trial.sample.where(trial.split(DEV)))
    heads = dict(trial.artefact.heads) | pack_posterior(posterior_of(layer, training), moments)
    heads["flag.wording"] = layer.wording
    return trial.artefact.with_layer("trial", heads, trial.artefact.facts["thresholds"])


def learn(trial: Trial, artefact: Artefact, background: FloatArray) -> Layer:
    """What `assess --background` does, beyond choosing posts."""
    if not len(background):
        scale, shift = (float(value) for value in trial.artefact.heads["flag.numbers"][3:5])
        posterior = Posterior(artefact.heads["flag.trained"].astype(float), np.eye(1))
        return Layer(posterior, scale, shift, artefact.facts["thresholds"]["default"])
    fitted = refit(artefact, background_lesson(background, trial.weight), with_library=False)
    default = fitted.thresholds["default"]
    return Layer(fitted.posterior, fitted.scale, fitted.shift, default)


def columns_of(part: Sample | Stream) -> FloatArray:
    """Rows without a library at hand."""
    return side_by_side(part.vectors, part.cues, np.zeros(len(part.vectors), dtype=np.float32))


def mixed(trial: Trial, names: Sequence[str], count: int) -> FloatArray:
    """Posts of these sources in equal parts, or as many as there are."""
    parts = [columns_of(trial.streams[name])[: count // len(names)] for name in names]
    return np.concatenate(parts)


def with_hidden_hoaxes(trial: Trial, background: FloatArray) -> FloatArray:
    """The same background, one post in ten a hoax of the months before the test."""
    hoaxes = columns_of(trial.sample.where(trial.split(DEV) & trial.sample.is_hoax))
    chosen = np.random.default_rng(0).permutation(len(hoaxes))[: int(HIDDEN * len(background))]
    return np.concatenate([background[: len(background) - len(chosen)], hoaxes[chosen]])


def line(trial: Trial, layer: Layer, names: Sequence[str], label: str) -> str:
    """One row of the table: test hoaxes against test posts of what was left out."""
    test = trial.split(TEST)
    own = test & np.isin(trial.sample.sources, names)
    hoaxes = test & (trial.sample.sources == HOAX_SOURCE)
    both = own | (test & trial.sample.is_hoax)
    chances = layer.probability(columns_of(trial.sample))
    figures = separation(chances[hoaxes].astype(np.float32), chances[own].astype(np.float32))
    is_hoax = trial.sample.is_hoax[both]
    weights = np.where(is_hoax, 0.2 / is_hoax.sum(), 0.8 / (~is_hoax).sum())
    error = calibration_error(chances[both].astype(np.float32), is_hoax, weights)
    flags = [float((chances[rows] >= layer.threshold).mean()) for rows in (own, hoaxes)]
    return (
        f"{label} | {figures['AUC']:.3f} | {figures['recall@5%']:.3f} | {error:.3f}"
        f" | {flags[0]:.3f} | {flags[1]:.3f} |"
    )


def print_sources(trial: Trial) -> None:
    """Every source in its turn, then four together."""
    print(HEAD + "\n|" + " --- |" * 7)
    nothing = np.zeros(len(trial.rows), dtype=bool)
    groups = [(source.name,) for source in ORDINARY_SOURCES] + [MIXED]
    for names in groups:
        artefact = without(trial, names, nothing)
        told = names[0] if len(names) == 1 else f"{len(names)} together"
        for count in COUNTS:
            background = mixed(trial, names, count)
            if count and len(background) < 0.7 * count:
                continue
            layer = learn(trial, artefact, background)
            print(line(trial, layer, names, f"| {told} | {len(background)}"))
            if count == (COUNTS[2] if len(names) == 1 else COUNTS[3]):
                layer = learn(trial, artefact, with_hidden_hoaxes(trial, background))
                print(line(trial, layer, names, f"| {told} | {len(background)}, 10 % hidden"))


def print_topics(trial: Trial) -> None:
    """Hoaxes on the background's own topic, those of training left out of it by half."""
    print("\n| topic of | hoaxes | background | AUC | recall@5% |\n|" + " --- |" * 5)
    for name, pattern in TOPICS.items():
        about = trial.about(pattern)
        hidden = about & trial.split(TRAIN)
        hidden[np.flatnonzero(hidden)[::2]] = False
        held_out = hidden | (about & ~trial.split(TRAIN))
        artefact = without(trial, (name,), hidden)
        own = trial.split(TEST) & (trial.sample.sources == name)
        clean = mixed(trial, (name,), COUNTS[2])
        dirty = with_hidden_hoaxes(trial, clean)
        for label, posts in (("0", clean[:0]), ("500", clean), ("500, 10 % hidden", dirty)):
            chances = learn(trial, artefact, posts).probability(columns_of(trial.sample))
            figures = separation(
                chances[held_out].astype(np.float32), chances[own].astype(np.float32)
            )
            print(
                f"| {name} | {held_out.sum()} | {label} | {figures['AUC']:.3f}"
                f" | {figures['recall@5%']:.3f} |"
            )


def main() -> None:
    """Print both tables; vectors are kept, so that a second run takes minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--weight",
        type=float,
        default=ClassifierSettings().background_weight,
        help="how many posts of training each post of a background counts as",
    )
    weight = parser.parse_args().weight
    directory, progress = data_dir(), TerminalProgress()
    artefact = load_artefact(SHIPPED)
    encoder = load_encoder(BUNDLED, progress, adapter=artefact.find_adapter(FLAG_ADAPTER))
    rows, sample = read_sample(directory, encoder, progress)
    names = [source.name for source in ORDINARY_SOURCES]
    streams = read_streams(directory, encoder, progress, names)
    head = scam_head_of(artefact)
    assert head is not None
    sample = with_scam_sign(sample, np.array([row.split for row in rows]), head)
    streams = {name: stream.signed_by(head) for name, stream in streams.items()}
    trial = Trial(rows, sample, streams, artefact, weight)
    print(f"{artefact.id}, each background post counting {trial.weight:g} times\n")
    print_sources(trial)
    print_topics(trial)


if __name__ == "__main__":
    main()
