"""Trains the encoder's adapter that tells posts worth a decision from ordinary ones, end to end.

Half of all texts are cut at random, so that neither length nor the way a scraper cuts is learnt,
and ordinary posts come evenly from many sources, so that no source or topic is.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from classifier.adapters import save_adapters
from classifier.cleaning import clean_text
from classifier.training.corpus import (
    ORDINARY_SOURCES,
    Pair,
    read_ordinary,
    read_pairs,
    read_scam_messages,
)
from classifier.training.splits import TRAIN, ordinary_split
from classifier.training.stepping import AdapterTrainer, open_trainer
from indices.progress import Progress

N_ORDINARY = 7_500
N_HOAXES = 6_500
N_SCAM_MESSAGES = 120
BATCH_TEXTS = 32
POOL_TEXTS = 1_024
TOKENS = 96
LEARNING_RATE = 4e-4
HEAD_LEARNING_RATE = 4e-3
HEAD_SCALE = 16.0
SHORTEST_CUT, LONGEST_CUT = 60, 300
UNSEEN_SOURCES = frozenset(
    {
        "x_vaksin",
        "x_purbaya",
        "yt_banten",
        "reviews_smsa",
        "headlines_detik",
        "articles_b",
        "sms_promotion",
    }
)
"""Kept from the adapter, so that there are sources on which it can be measured honestly."""


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


def build_lesson(
    directory: Path, left_out: frozenset[str], seed: int, n_ordinary: int = N_ORDINARY
) -> list[LabelledText]:
    """Texts of one epoch, shuffled."""
    rng = random.Random(seed)
    hoaxes = [clean_text(pair.text) for pair in read_pairs(directory) if _is_lesson(pair)]
    extra = rng.sample(hoaxes, min(len(hoaxes), max(0, N_HOAXES - len(hoaxes))))
    scams = [clean_text(text) for text in read_scam_messages(directory)[:N_SCAM_MESSAGES]]
    ordinary = _ordinary_evenly(directory, left_out, n_ordinary)
    texts = [LabelledText(text, True) for text in (*hoaxes, *extra, *scams)]
    texts += [LabelledText(text, False) for text in ordinary]
    cut = [
        LabelledText(cut_at_random(item.text, rng), item.is_hoax) if rng.random() < 0.5 else item
        for item in texts
    ]
    rng.shuffle(cut)
    return cut


def train_flag_adapter(
    directory: Path,
    output: Path,
    *,
    progress: Progress,
    left_out: frozenset[str] = UNSEEN_SOURCES,
    seed: int = 0,
) -> None:
    """Train for one epoch and write the adapter.

    Args:
        left_out: names of ordinary sources that must not be seen.
    """
    lesson = build_lesson(directory, left_out, seed)
    head = torch.nn.Linear(384, 1)
    torch.nn.init.zeros_(head.weight)
    torch.nn.init.zeros_(head.bias)
    batches = batches_of_like_length(lesson, random.Random(seed))
    trainer = open_trainer(
        progress, seed, LEARNING_RATE, len(batches), [(list(head.parameters()), HEAD_LEARNING_RATE)]
    )
    with progress.bar("Training: flagging", total=len(batches)) as bar:
        for index, batch in enumerate(batches):
            trainer.step(_loss(trainer, head, batch))
            bar.advance()
            if index % 50 == 49:
                save_adapters(trainer.transformer, output)
    save_adapters(trainer.transformer, output)


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
    labels = torch.tensor([float(item.is_hoax) for item in batch])
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)


def _is_lesson(pair: Pair) -> bool:
    return pair.split == TRAIN and pair.is_hoax


def _ordinary_evenly(directory: Path, left_out: frozenset[str], n_wanted: int) -> list[str]:
    """About equally many from each source, less where a source is small."""
    sources = [source for source in ORDINARY_SOURCES if source.name not in left_out]
    per_source = n_wanted // len(sources)
    texts: list[str] = []
    for source in sources:
        raw = read_ordinary(directory, source)
        training = [text for text in raw if ordinary_split(text) == TRAIN]
        texts += [clean_text(text) for text in training[:per_source]]
    return texts
