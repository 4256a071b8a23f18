"""Trains the encoder's adapter that tells posts worth a decision from ordinary ones, end to end.

Half of all texts are cut at random, so that neither length nor the way a scraper cuts is learnt,
and ordinary posts come evenly from many sources, so that no source or topic is.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch

from classifier.adapters import FLAG_RANK, save_adapters
from classifier.cleaning import clean_text
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    OrdinarySource,
    Pair,
    read_ordinary,
    read_pairs,
    read_scam_messages,
)
from classifier.training.noise import noise_texts
from classifier.training.splits import TRAIN, ordinary_split
from classifier.training.stepping import AdapterTrainer, Plan, open_trainer
from indices.progress import Progress

EPOCHS = 4
N_ORDINARY = 6_200
N_HOAXES = 4_600
BATCH_TEXTS = 32
POOL_TEXTS = 1_024
TOKENS = 96
LEARNING_RATE = 6e-4
HEAD_LEARNING_RATE = 4e-3
HEAD_SCALE = 16.0
SMOOTHING = 0.02
"""Nobody labelled the ordinary posts, and some hoaxes are half true."""
STRENGTH = 0.7
"""How much of the learnt change is kept. All of it tells the sources of training apart a little
better and new ones worse; see docs/performance/classifier.md.

Source: Wortsman et al. 2022, "Robust Fine-Tuning of Zero-Shot Models".
"""
SHORTEST_CUT, LONGEST_CUT = 60, 300


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A cleaned text, perhaps cut, and whether it deserves a decision."""

    text: str
    is_hoax: bool


def cut_at_random(text: str, rng: random.Random) -> str:
    """A piece of 60 to 300 characters that begins and ends between words."""
    length = rng.randint(SHORTEST_CUT, LONGEST_CUT)
    if len(text) <= length:
        return text
    start = rng.randint(0, len(text) - length) if rng.random() < 0.3 else 0
    words = text[start : start + length].split(" ")
    return " ".join(words[1 if start else 0 : -1]) or text[:length]


def build_course(
    directory: Path,
    left_out: frozenset[str],
    seed: int,
    *,
    n_epochs: int = EPOCHS,
    n_ordinary: int = N_ORDINARY,
) -> list[LabelledText]:
    """Several epochs, each with other cuts and, of large sources, other posts."""
    epochs = range(seed, seed + n_epochs)
    lessons = (build_lesson(directory, left_out, epoch, n_ordinary) for epoch in epochs)
    return [item for lesson in lessons for item in lesson]


def build_lesson(
    directory: Path, left_out: frozenset[str], seed: int, n_ordinary: int = N_ORDINARY
) -> list[LabelledText]:
    """Texts of one epoch, shuffled, half of them cut.

    Args:
        left_out: names of ordinary sources that must not be seen.
    """
    rng = random.Random(seed)
    hoaxes = [clean_text(pair.text) for pair in read_pairs(directory) if _is_lesson(pair)]
    hoaxes = (rng.sample(hoaxes, len(hoaxes)) * 2)[: n_ordinary * N_HOAXES // N_ORDINARY]
    scams = [clean_text(t) for t in read_scam_messages(directory) if ordinary_split(t) == TRAIN]
    ordinary = _ordinary_evenly(directory, left_out, n_ordinary, rng)
    texts = [LabelledText(text, True) for text in (*hoaxes, *scams)]
    texts += [LabelledText(text, False) for text in (*ordinary, *noise_texts(ordinary, rng))]
    return [_perhaps_cut(item, rng) for item in rng.sample(texts, len(texts))]


def train_flag_adapter(
    lesson: Sequence[LabelledText], output: Path, *, progress: Progress, seed: int = 0
) -> None:
    """Train on these texts and write the adapter, a part of what it learnt left out."""
    head = torch.nn.Linear(384, 1)
    torch.nn.init.zeros_(head.weight)
    torch.nn.init.zeros_(head.bias)
    batches = batches_of_like_length(lesson, random.Random(seed))
    heads = [(list(head.parameters()), HEAD_LEARNING_RATE)]
    trainer = open_trainer(progress, Plan(seed, FLAG_RANK, LEARNING_RATE, len(batches)), heads)
    with progress.bar("Training: flagging", total=len(batches)) as bar:
        for batch in batches:
            trainer.step(_loss(trainer, head, batch))
            bar.advance()
    save_adapters(trainer.transformer, output, STRENGTH)


def batches_of_like_length(
    lesson: Sequence[LabelledText], rng: random.Random
) -> list[list[LabelledText]]:
    """Batches that need little padding, in random order; the last few texts may be left over."""
    batches: list[list[LabelledText]] = []
    for start in range(0, len(lesson), POOL_TEXTS):
        pool = sorted(lesson[start : start + POOL_TEXTS], key=lambda item: len(item.text))
        batches += [pool[i : i + BATCH_TEXTS] for i in range(0, len(pool), BATCH_TEXTS)]
    rng.shuffle(batches)
    return batches


def _loss(
    trainer: AdapterTrainer, head: torch.nn.Linear, batch: Sequence[LabelledText]
) -> torch.Tensor:
    vectors = trainer.embed([item.text for item in batch], TOKENS)
    logits = head(HEAD_SCALE * vectors).squeeze(-1)
    labels = torch.tensor([1 - SMOOTHING if item.is_hoax else SMOOTHING for item in batch])
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)


def _is_lesson(pair: Pair) -> bool:
    return pair.split == TRAIN and pair.is_hoax


def _perhaps_cut(item: LabelledText, rng: random.Random) -> LabelledText:
    return LabelledText(cut_at_random(item.text, rng), item.is_hoax) if rng.random() < 0.5 else item


def _ordinary_evenly(
    directory: Path, left_out: frozenset[str], n_wanted: int, rng: random.Random
) -> list[str]:
    """About equally many from each source; posts of a small one are met up to three times."""
    sources = [source for source in ORDINARY_SOURCES if source.name not in left_out]
    per_source = n_wanted // len(sources)
    texts: list[str] = []
    for source in sources:
        training = _training_texts(directory, source)
        missing = max(0, min(per_source - len(training), 2 * len(training)))
        texts += rng.sample(training, min(per_source, len(training)))
        texts += rng.choices(training, k=missing)
    return [clean_text(text) for text in texts]


@cache
def _training_texts(directory: Path, source: OrdinarySource) -> tuple[str, ...]:
    """Read and split once for all epochs: telling a text's part takes longer than all the rest."""
    texts = read_ordinary(directory, source)
    return tuple(text for text in texts if ordinary_split(text) == TRAIN)
