"""Trains the encoder's adapter that brings a post near the title of its own fact-check.

One pass over the lesson: after three it found less on later months (docs/decisions/0019).
Source: van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding".
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch

from classifier.adapters import MATCH_RANK, save_adapters
from classifier.training.flag_adapter import cut_at_random
from classifier.training.match_lesson import (
    MatchLesson,
    batch_titles,
    lookalikes_by_letters,
    read_match_lesson,
)
from classifier.training.stepping import AdapterTrainer, Plan, open_trainer
from indices.progress import Progress

BATCH_POSTS = 48
POST_TOKENS, TITLE_TOKENS = 96, 48
CUT_SHARE = 0.3
LEARNING_RATE = 5e-4
TEMPERATURE = 0.02
BACKWARD_WEIGHT = 0.5
"""How much finding the post of a title counts beside finding the title of a post."""
STRENGTH = 0.7
"""The share of the learnt change that is kept: between the plain encoder and the trained one it
finds more on later months. Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
"""


def train_match_adapter(directory: Path, output: Path, *, progress: Progress, seed: int) -> None:
    """Train and write the adapter; wrong titles are those that share most letters."""
    lesson = read_match_lesson(directory)
    lookalikes = lookalikes_by_letters(lesson)
    rng = random.Random(seed)
    batches = _batches(len(lesson.posts), rng)
    trainer = open_trainer(progress, Plan(seed, MATCH_RANK, LEARNING_RATE, len(batches)))
    with progress.bar("Training: matching", total=len(batches)) as bar:
        for batch in batches:
            titles = batch_titles(lesson, batch, lookalikes, rng)
            trainer.step(_loss(trainer, lesson, batch, titles, rng))
            bar.advance()
    save_adapters(trainer.transformer, output, STRENGTH)


def same_claim_mask(
    lesson: MatchLesson, answers: Sequence[int], titles: Sequence[int]
) -> torch.Tensor:
    """True where a title is another one of the same claim; it teaches nothing about that post."""
    return torch.tensor(
        [
            [
                place != own and lesson.tells_the_same(title, answer)
                for place, title in enumerate(titles)
            ]
            for own, answer in enumerate(answers)
        ]
    )


def _loss(
    trainer: AdapterTrainer,
    lesson: MatchLesson,
    batch: Sequence[int],
    titles: Sequence[int],
    rng: random.Random,
) -> torch.Tensor:
    """InfoNCE both ways over the batch's own titles and the wrong ones."""
    texts = [lesson.posts[post] for post in batch]
    texts = [cut_at_random(text, rng) if rng.random() < CUT_SHARE else text for text in texts]
    posts = trainer.embed(texts, POST_TOKENS)
    candidates = trainer.embed([lesson.titles[title] for title in titles], TITLE_TOKENS)
    likeness = posts @ candidates.T / TEMPERATURE
    likeness = likeness.masked_fill(same_claim_mask(lesson, titles[: len(batch)], titles), -1e4)
    own = torch.arange(len(batch))
    forward = torch.nn.functional.cross_entropy(likeness, own)
    backward = torch.nn.functional.cross_entropy(likeness[:, : len(batch)].T, own)
    return forward + BACKWARD_WEIGHT * backward


def _batches(n_posts: int, rng: random.Random) -> list[list[int]]:
    order = list(range(n_posts))
    rng.shuffle(order)
    return [order[s : s + BATCH_POSTS] for s in range(0, n_posts - BATCH_POSTS + 1, BATCH_POSTS)]
