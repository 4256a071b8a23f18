"""Turns the research data into the rows that the last layers are fitted and measured on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.cues import cue_strengths
from classifier.library import Library
from classifier.matching import ClaimMatcher, ListScorer, best_probability
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    Pair,
    read_library,
    read_ordinary,
    read_pairs,
    read_scam_messages,
    stable_order,
)
from classifier.training.flag_adapter import cut_at_random
from classifier.training.flag_head import SCAM_WEIGHT, Sample
from classifier.training.invented import read_lesson
from classifier.training.splits import DEV, TEST, TRAIN, ordinary_split
from indices.progress import Progress

PER_SOURCE = {TRAIN: 250, DEV: 80, TEST: 120}
N_TRAINING_HOAXES = 3_500
INVENTED_WEIGHT = 0.5
"""Chosen on the dev period (`benchmarks.classifier.invented`)."""
SCAM_SOURCE = "sms_scam"
HOAX_SOURCE = "hoax"
FRAUD_SOURCE = "hoax_scam"


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text before it is embedded."""

    text: str
    split: str
    source: str
    is_hoax: bool
    fact_check_id: str = ""
    weight: float = 1.0


def collect_rows(directory: Path, seed: int) -> list[TextRow]:
    """All rows, the training half of them cut at random."""
    rows = _hoax_rows(read_pairs(directory)) + _scam_rows(read_scam_messages(directory))
    rows += _invented_rows()
    for source in ORDINARY_SOURCES:
        counts = dict.fromkeys(PER_SOURCE, 0)
        for text in read_ordinary(directory, source):
            split = ordinary_split(text)
            if counts[split] < PER_SOURCE[split]:
                counts[split] += 1
                rows.append(TextRow(text, split, source.name, is_hoax=False))
    return [_cut(row, seed) for row in rows]


def past_library(directory: Path, library: Library) -> Library:
    """The fact-checks of the training period: what was known before the newer posts came."""
    past = {title.id for title in read_library(directory) if title.date < "2025"}
    kept = [index for index, entry in enumerate(library.entries) if entry.id in past]
    return Library([library.entries[index] for index in kept], library.vectors[kept])


def match_evidence(
    rows: Sequence[TextRow],
    vectors: np.ndarray,
    library: Library,
    scorer: ListScorer,
    progress: Progress,
) -> np.ndarray:
    """The best match's probability, a hoax's own fact-check hidden: the adapter knows the pair."""
    matcher = ClaimMatcher(library, scorer)
    ids = np.array([entry.id for entry in library.entries])
    best = np.zeros(len(rows), dtype=np.float32)
    with progress.bar("Matching", total=len(rows)) as bar:
        for start in range(0, len(rows), 32):
            batch = rows[start : start + 32]
            found = matcher.rank([row.text for row in batch], vectors[start : start + 32])
            for offset, (row, candidates) in enumerate(zip(batch, found, strict=True)):
                features = [c.features for c in candidates if ids[c.index] != row.fact_check_id]
                best[start + offset] = best_probability(scorer, features)
            bar.advance(len(batch))
    return best


def build_sample(rows: Sequence[TextRow], readings: np.ndarray, evidence: np.ndarray) -> Sample:
    """All that the last layer needs.

    Args:
        readings: see `Encoder.read`.
    """
    return Sample(
        vectors=readings,
        cues=cue_strengths([row.text for row in rows]),
        evidence=evidence,
        is_hoax=np.array([row.is_hoax for row in rows]),
        sources=np.array([row.source for row in rows]),
        weights=np.array([row.weight for row in rows], dtype=np.float64),
        n_words=readings.shape[1] // 2,
    )


def _hoax_rows(pairs: Sequence[Pair]) -> list[TextRow]:
    hoaxes = [pair for pair in pairs if pair.is_hoax and pair.split in PER_SOURCE]
    training = sorted((p for p in hoaxes if p.split == TRAIN), key=lambda p: stable_order(p.text))
    newer = [pair for pair in hoaxes if pair.split != TRAIN]
    return [
        TextRow(
            pair.text,
            pair.split,
            FRAUD_SOURCE if pair.is_scam else HOAX_SOURCE,
            is_hoax=True,
            fact_check_id=pair.fact_check_id,
        )
        for pair in [*training[:N_TRAINING_HOAXES], *newer]
    ]


def _scam_rows(texts: Sequence[str]) -> list[TextRow]:
    return [
        TextRow(text, ordinary_split(text), SCAM_SOURCE, is_hoax=True, weight=SCAM_WEIGHT)
        for text in texts
    ]


def _invented_rows() -> list[TextRow]:
    return [
        TextRow(post.text, TRAIN, post.source, post.is_hoax, weight=INVENTED_WEIGHT)
        for post in read_lesson()
    ]


def _cut(row: TextRow, seed: int) -> TextRow:
    """Cut by its own chance, so that a new source changes no other's rows."""
    rng = random.Random(f"{seed} {row.text}")
    if row.split != TRAIN or rng.random() < 0.5:
        return row
    return TextRow(
        cut_at_random(row.text, rng),
        row.split,
        row.source,
        row.is_hoax,
        row.fact_check_id,
        row.weight,
    )
