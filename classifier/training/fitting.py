"""`luruskan train`: from the research data and the adapters to a measured, verified artefact."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import (
    FLAG_ADAPTER,
    MATCH_ADAPTER,
    SHIPPED,
    load_artefact,
    save_artefact,
    shipped_dir,
)
from classifier.encoder import BUNDLED, Encoder, load_encoder
from classifier.library import Library, LibraryEntry, build_library
from classifier.matching import ListScorer
from classifier.posterior import pack_posterior
from classifier.remembering import remembered_vectors
from classifier.scams import ScamHead, pack_scam_head
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    data_hash,
    read_library,
    read_pairs,
)
from classifier.training.flag_head import (
    CAREFUL_FALSE_FLAG_SHARE,
    FALSE_FLAG_SHARE,
    PRIOR,
    LinearLayer,
    Sample,
    careful_threshold,
    fit_calibration,
    fit_layer,
    hoax_moments,
    left_out_logits,
    posterior_of,
    source_mean_quantile,
)
from classifier.training.invented import is_invented
from classifier.training.match_head import MatchTask, fit_scorer
from classifier.training.samples import (
    TextRow,
    build_sample,
    collect_rows,
    match_evidence,
    past_library,
)
from classifier.training.scam_head import fit_scam_head, with_scam_sign
from classifier.training.splits import DEV, TEST, TRAIN
from indices.progress import Progress
from indices.settings import cache_dir

FloatArray = NDArray[np.float32]

VERSION = "0.1"
TRAINING_CACHE = "training"
CAREFUL_SOURCES = frozenset(
    source.name for source in ORDINARY_SOURCES if source.kind in {"news", "article"}
)


@dataclass(frozen=True, slots=True)
class FittedModel:
    """Everything that is fitted, with the rows it can be measured on."""

    scorer: ListScorer
    layer: LinearLayer
    scam_head: ScamHead | None
    calibration: tuple[float, float]
    thresholds: dict[str, float]
    sample: Sample
    """With the scam head's sign after the listed cues, where there is a scam head."""
    rows: Sequence[TextRow]
    full_library: Library
    match_encoder: Encoder

    def split(self, name: str) -> NDArray[np.bool_]:
        """Which rows are of a split."""
        return np.array([row.split == name for row in self.rows])

    def probability(self, logits: FloatArray) -> FloatArray:
        """Calibrated, from the last layer's log-odds."""
        scale, shift = self.calibration
        chances: FloatArray = 1 / (1 + np.exp(-(scale * logits + shift)))
        return chances


def fit_model(
    directory: Path, adapters: Path | None, *, seed: int, progress: Progress
) -> FittedModel:
    """Fit scorer and last layer on top of the encoder with these adapters.

    Args:
        adapters: directory with adapter files; None for the plain encoder.
    """
    matching, flagging = (
        load_encoder(BUNDLED, progress, adapter=_adapter(adapters, file))
        for file in (MATCH_ADAPTER, FLAG_ADAPTER)
    )
    rows = collect_rows(directory, seed)
    texts = [row.text for row in rows]
    match_vectors = remembered_rows(matching, texts, progress, "matching")
    same = matching.name == flagging.name
    flag_vectors = match_vectors if same else remembered_rows(flagging, texts, progress, "flagging")
    scorer, full_library = _fit_matching(directory, rows, match_vectors, matching, progress)
    past = past_library(directory, full_library)
    evidence = match_evidence(rows, match_vectors, past, scorer, progress)
    sample = build_sample(rows, flagging.with_words(texts, flag_vectors), evidence)
    splits = np.array([row.split for row in rows])
    scam_head = fit_scam_head(sample.where(splits == TRAIN))
    sample = with_scam_sign(sample, splits, scam_head)
    layer, calibration, thresholds = fit_flagging(splits, sample)
    return FittedModel(
        scorer=scorer,
        layer=layer,
        scam_head=scam_head,
        calibration=calibration,
        thresholds=thresholds,
        sample=sample,
        rows=rows,
        full_library=full_library,
        match_encoder=matching,
    )


def fit_flagging(
    split: NDArray[np.str_], sample: Sample
) -> tuple[LinearLayer, tuple[float, float], dict[str, float]]:
    """The last layer, calibrated on the dev period by layers that never saw a post's source."""
    training, dev = sample.where(split == TRAIN), sample.where(split == DEV)
    layer = fit_layer(training)
    names = [source.name for source in ORDINARY_SOURCES]
    logits = left_out_logits(training, dev, names)
    weights = even_weights(dev)
    calibration = fit_calibration(logits, dev.is_hoax, weights)
    ordinary = ~dev.is_hoax
    careful = ordinary & np.isin(dev.sources, list(CAREFUL_SOURCES))
    default_logit, careful_logit = (
        source_mean_quantile(logits[chosen], dev.sources[chosen], share)
        for chosen, share in ((ordinary, FALSE_FLAG_SHARE), (careful, CAREFUL_FALSE_FLAG_SHARE))
    )
    default = _chance(default_logit, calibration)
    higher = max(_chance(careful_logit, calibration), careful_threshold(default))
    return layer, calibration, {"default": default, "careful": higher}


def even_weights(sample: Sample) -> NDArray[np.float64]:
    """Each ordinary source counts alike, whatever its size."""
    weights = sample.weights.copy()
    for source in np.unique(sample.sources[~sample.is_hoax]):
        rows = (sample.sources == source) & ~sample.is_hoax
        weights[rows] /= rows.sum()
    return weights


def write_model(
    fitted: FittedModel, output: Path, adapters: Path | None, facts: dict[str, Any]
) -> str:
    """Write the artefact and load it again, so that what is shipped is known to load.

    Returns:
        The model's id.
    """
    output.mkdir(parents=True, exist_ok=True)
    for file in (MATCH_ADAPTER, FLAG_ADAPTER):
        source = _adapter(adapters, file)
        if source is None:
            (output / file).unlink(missing_ok=True)
        elif source.resolve() != (output / file).resolve():
            shutil.copyfile(source, output / file)
    save_artefact(output, _heads(fitted), facts)
    return load_artefact(str(output)).id


def model_facts(fitted: FittedModel, directory: Path, seed: int) -> dict[str, Any]:
    """What the manifest says besides hashes."""
    is_hoax, invented = fitted.sample.is_hoax, is_invented(fitted.sample.sources)
    counts = {
        split: {
            "hoaxes": int((is_hoax & ~invented)[fitted.split(split)].sum()),
            "ordinary": int((~is_hoax & ~invented)[fitted.split(split)].sum()),
        }
        for split in (TRAIN, DEV, TEST)
    }
    return {
        "version": VERSION,
        "encoder": "intfloat/multilingual-e5-small, bundled",
        "seed": seed,
        "data": data_hash(directory),
        "prior": PRIOR,
        "texts": counts,
        "invented_pairs": int((is_hoax & invented).sum()),
        "thresholds": {name: round(value, 4) for name, value in fitted.thresholds.items()},
        "strong_threshold": round(fitted.scorer.strong_threshold, 4),
    }


def shipped_adapters() -> Path | None:
    """The adapters that ship with the package, where they are intact."""
    artefact = load_artefact(SHIPPED)
    found = (artefact.find_adapter(file) for file in (MATCH_ADAPTER, FLAG_ADAPTER))
    return shipped_dir() if any(found) else None


def _fit_matching(
    directory: Path,
    rows: Sequence[TextRow],
    vectors: FloatArray,
    encoder: Encoder,
    progress: Progress,
) -> tuple[ListScorer, Library]:
    titles = read_library(directory, with_distractors=True)
    entries = [LibraryEntry(title.id, title.title) for title in titles]
    library = build_library(entries, encoder, progress, cache_dir() / "training-titles")
    position = {entry.id: index for index, entry in enumerate(library.entries)}
    pairs = [pair for pair in read_pairs(directory) if pair.split == DEV]
    answered = MatchTask(
        [pair.text for pair in pairs],
        encoder.encode([pair.text for pair in pairs], progress, "Encoding: pairs"),
        np.array([position[pair.fact_check_id] for pair in pairs]),
    )
    ordinary = [i for i, row in enumerate(rows) if row.split == DEV and not row.is_hoax]
    unanswered = MatchTask(
        [rows[i].text for i in ordinary], vectors[ordinary], np.full(len(ordinary), -1)
    )
    return fit_scorer(answered, unanswered, library), library


def _chance(logit: float, calibration: tuple[float, float]) -> float:
    scale, shift = calibration
    return float(1 / (1 + np.exp(-(scale * logit + shift))))


def _heads(fitted: FittedModel) -> dict[str, FloatArray]:
    layer, scorer = fitted.layer, fitted.scorer
    training, dev = fitted.sample.where(fitted.split(TRAIN)), fitted.split(DEV)
    both = [training.vectors[rows].mean(axis=0) for rows in (training.is_hoax, ~training.is_hoax)]
    usual = float(np.mean(both, axis=0) @ layer.wording)
    numbers = [layer.match, layer.intercept, usual, *fitted.calibration]
    return {
        "flag.wording": layer.wording,
        "flag.cues": layer.cues,
        "flag.numbers": np.array(numbers, dtype=np.float32),
        **pack_posterior(posterior_of(layer, training), hoax_moments(fitted.sample.where(dev))),
        **(pack_scam_head(fitted.scam_head) if fitted.scam_head else {}),
        "match.weights": scorer.weights,
        "match.numbers": np.array([scorer.intercept, *scorer.calibration], dtype=np.float32),
        "match.background": scorer.background,
    }


def remembered_rows(
    encoder: Encoder,
    texts: Sequence[str],
    progress: Progress,
    purpose: str,
    cache: str = TRAINING_CACHE,
) -> FloatArray:
    """The rows' vectors, kept between runs: fitting again takes minutes, not an hour."""
    return remembered_vectors(encoder, texts, cache_dir() / cache, progress, f"Encoding: {purpose}")


def _adapter(adapters: Path | None, file: str) -> Path | None:
    if adapters is None:
        return None
    path = adapters / file
    return path if path.exists() else None
