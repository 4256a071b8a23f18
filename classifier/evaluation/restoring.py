"""A finished model beside the research data, as if it had just been fitted to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classifier.artefact import Artefact, load_artefact
from classifier.encoder import load_encoders
from classifier.flagging import flagger_of
from classifier.library import LibraryEntry, build_library
from classifier.matching import scorer_of
from classifier.scams import scam_head_of
from classifier.training.corpus import read_library
from classifier.training.fitting import TRAINING_CACHE, FittedModel, remembered_rows
from classifier.training.flag_head import LinearLayer
from classifier.training.samples import build_sample, collect_rows, match_evidence, past_library
from classifier.training.scam_head import with_scam_sign
from classifier.training.splits import TEST
from indices.progress import Progress
from indices.settings import ClassifierSettings, cache_dir


def restore_model(
    settings: ClassifierSettings, directory: Path, progress: Progress, *, whole: bool
) -> FittedModel:
    """The model that the settings name, with the rows it can be measured on.

    Args:
        directory: of the research data.
        whole: with the rows of training too, which leaving sources out needs.

    Raises:
        ArtefactError: the model or its encoder is missing or changed.
        BadInputError: the data cannot be read.
    """
    artefact = load_artefact(settings.model)
    matching, flagging = load_encoders(settings, artefact, progress)
    rows = collect_rows(directory, int(artefact.facts["seed"]))
    rows = rows if whole else [row for row in rows if row.split == TEST]
    texts = [row.text for row in rows]
    cache = TRAINING_CACHE if whole else "evaluation"
    match_vectors = remembered_rows(matching, texts, progress, "matching", cache)
    flag_vectors = remembered_rows(flagging, texts, progress, "flagging", cache)
    titles = read_library(directory, with_distractors=True)
    entries = [LibraryEntry(title.id, title.title) for title in titles]
    library = build_library(entries, matching, progress, cache_dir() / "training-titles")
    scorer = scorer_of(artefact)
    past = past_library(directory, library)
    evidence = match_evidence(rows, match_vectors, past, scorer, progress)
    layer, calibration = _layer_of(artefact)
    readings = flagging.with_words(texts, flag_vectors)
    sample, scam_head = build_sample(rows, readings, evidence), scam_head_of(artefact)
    if scam_head is not None:
        sample = with_scam_sign(sample, np.array([row.split for row in rows]), scam_head)
    return FittedModel(
        scorer=scorer,
        layer=layer,
        scam_head=scam_head,
        calibration=calibration,
        thresholds=dict(artefact.facts["thresholds"]),
        sample=sample,
        rows=rows,
        full_library=library,
        match_encoder=matching,
    )


def _layer_of(artefact: Artefact) -> tuple[LinearLayer, tuple[float, float]]:
    flagger = flagger_of(artefact)
    layer = LinearLayer(flagger.wording, flagger.cues, flagger.match, flagger.intercept)
    return layer, (flagger.scale, flagger.shift)
