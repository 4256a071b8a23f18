"""Trains the encoder's adapter that brings a post near the title of the fact-check it repeats.

Contrastive: in each batch every post must find its own title among the others' and among titles
that only look alike (hard negatives by letter sequences).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from classifier.adapters import save_adapters
from classifier.cleaning import clean_text
from classifier.lexical import LexicalIndex, letter_grams
from classifier.training.corpus import Pair, Title, read_library, read_pairs
from classifier.training.flag_adapter import cut_at_random
from classifier.training.splits import TRAIN
from classifier.training.stepping import AdapterTrainer, open_trainer
from indices.progress import Progress

N_EPOCHS = 3
BATCH_PAIRS = 32
POST_TOKENS, TITLE_TOKENS = 96, 48
LEARNING_RATE = 4e-4
TEMPERATURE = 0.02
CUT_SHARE = 0.3
LOOK_ALIKES = slice(1, 24)
"""Ranks by letter sequences from which hard negatives are drawn."""
SAME_CLAIM_OVERLAP = 0.4
"""Titles that share more 4-grams may state the same claim: never each other's negative."""
MASKED = -1e4


@dataclass(frozen=True, slots=True)
class ClaimLesson:
    """A post, its fact-check's title, and titles that only look alike."""

    post: str
    title: str
    look_alikes: tuple[str, ...]


def build_claim_lessons(directory: Path) -> list[ClaimLesson]:
    """One for each pair of the training period, with titles of that period only."""
    pairs = [pair for pair in read_pairs(directory) if pair.split == TRAIN]
    library = [title for title in read_library(directory) if title.date < "2025"]
    index = LexicalIndex([title.title for title in library])
    lessons = []
    for start in range(0, len(pairs), 64):
        batch = pairs[start : start + 64]
        for pair, scores in zip(batch, index.score([p.text for p in batch]), strict=True):
            ranked = [library[i] for i in np.argsort(-scores, kind="stable")[LOOK_ALIKES]]
            lessons.append(_lesson(pair, ranked))
    return lessons


def train_match_adapter(
    directory: Path, output: Path, *, progress: Progress, seed: int = 0
) -> None:
    """Train and write the adapter."""
    lessons = build_claim_lessons(directory)
    rng = random.Random(seed)
    batches: list[list[ClaimLesson]] = []
    for _ in range(N_EPOCHS):
        rng.shuffle(lessons)
        n_whole = len(lessons) // BATCH_PAIRS * BATCH_PAIRS
        batches += [lessons[i : i + BATCH_PAIRS] for i in range(0, n_whole, BATCH_PAIRS)]
    trainer = open_trainer(progress, seed, LEARNING_RATE, len(batches))
    with progress.bar("Training: matching", total=len(batches)) as bar:
        for index, batch in enumerate(batches):
            trainer.step(_loss(trainer, batch, rng))
            bar.advance()
            if index % 50 == 49:
                save_adapters(trainer.transformer, output)
    save_adapters(trainer.transformer, output)


def _lesson(pair: Pair, ranked: Sequence[Title]) -> ClaimLesson:
    own = letter_grams(pair.title)
    others = tuple(
        clean_text(title.title)
        for title in ranked
        if title.id != pair.fact_check_id and not _same_claim(own, letter_grams(title.title))
    )
    return ClaimLesson(clean_text(pair.text), clean_text(pair.title), others)


def _loss(
    trainer: AdapterTrainer, batch: Sequence[ClaimLesson], rng: random.Random
) -> torch.Tensor:
    cut = [rng.random() < CUT_SHARE for _ in batch]
    posts = [
        cut_at_random(item.post, rng) if is_cut else item.post
        for item, is_cut in zip(batch, cut, strict=True)
    ]
    titles = [item.title for item in batch]
    titles += [rng.choice(item.look_alikes) for item in batch if item.look_alikes]
    post_vectors = trainer.embed(posts, POST_TOKENS)
    title_vectors = trainer.embed(titles, TITLE_TOKENS)
    scores = post_vectors @ title_vectors.T / TEMPERATURE
    scores = scores.masked_fill(_same_claim_mask(titles, len(batch)), MASKED)
    own = torch.arange(len(batch))
    forwards = torch.nn.functional.cross_entropy(scores, own)
    backwards = torch.nn.functional.cross_entropy(scores[:, : len(batch)].T, own)
    return forwards + 0.5 * backwards


def _same_claim_mask(titles: Sequence[str], n_posts: int) -> torch.Tensor:
    """True where a title is not a post's own but may state the same claim."""
    grams = [letter_grams(title) for title in titles]
    mask = torch.zeros(n_posts, len(titles), dtype=torch.bool)
    for post in range(n_posts):
        for other in range(len(titles)):
            mask[post, other] = other != post and _same_claim(grams[post], grams[other])
    return mask


def _same_claim(one: set[str], other: set[str]) -> bool:
    return len(one & other) > SAME_CLAIM_OVERLAP * max(1, len(one | other))
