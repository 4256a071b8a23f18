"""Trains the encoder's adapter that brings a post near what tells the same claim.

One pass over the lesson: after three it found less on later months (docs/decisions/0019).
Source: van den Oord et al. 2018, "Representation Learning with Contrastive Predictive Coding".
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch

from classifier.adapters import MATCH_RANK, save_adapters
from classifier.training.claims import claims_for_adapter
from classifier.training.flag_adapter import cut_at_random
from classifier.training.match_lesson import (
    MatchLesson,
    batch_places,
    batches_of_one_kind,
    read_collected_lesson,
    with_invented,
)
from classifier.training.stepping import AdapterTrainer, Plan, open_trainer
from indices.progress import Progress

BATCH_POSTS = 48
MOST_TOKENS = 96
CUT_SHARE = 0.3
LEARNING_RATE = 5e-4
TEMPERATURE = 0.02
BACKWARD_WEIGHT = 0.5
"""How much finding the post of a telling counts beside finding a telling of a post."""
STRENGTH = 0.7
"""The share of the learnt change that is kept: between the plain encoder and the trained one it
finds more on later months. Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
"""


def train_match_adapter(directory: Path, output: Path, *, progress: Progress, seed: int) -> None:
    """Train and write the adapter."""
    lesson = with_invented(read_collected_lesson(directory), claims_for_adapter())
    rng = random.Random(seed)
    batches = batches_of_one_kind(lesson, BATCH_POSTS, rng)
    trainer = open_trainer(progress, Plan(seed, MATCH_RANK, LEARNING_RATE, len(batches)))
    with progress.bar("Training: matching", total=len(batches)) as bar:
        for batch in batches:
            trainer.step(_loss(trainer, lesson, batch, rng))
            bar.advance()
    save_adapters(trainer.transformer, output, STRENGTH)


def same_claim_mask(lesson: MatchLesson, places: Sequence[int], n_posts: int) -> torch.Tensor:
    """True where a telling is another one of the same claim; it teaches nothing about that post.

    Args:
        places: of the tellings, the posts' own ones first.
    """
    tellings = [lesson.tellings[place] for place in places]
    return torch.tensor(
        [
            [place != own and other.tells_the_same(answer) for place, other in enumerate(tellings)]
            for own, answer in enumerate(tellings[:n_posts])
        ]
    )


def _loss(
    trainer: AdapterTrainer, lesson: MatchLesson, batch: Sequence[int], rng: random.Random
) -> torch.Tensor:
    """InfoNCE both ways over the batch's own tellings and the wrong ones."""
    places = batch_places(lesson, batch, rng)
    texts = [lesson.questions[number].post for number in batch]
    texts = [cut_at_random(text, rng) if rng.random() < CUT_SHARE else text for text in texts]
    posts = trainer.embed(texts, MOST_TOKENS)
    candidates = trainer.embed([lesson.tellings[place].text for place in places], MOST_TOKENS)
    likeness = posts @ candidates.T / TEMPERATURE
    likeness = likeness.masked_fill(same_claim_mask(lesson, places, len(batch)), -1e4)
    own = torch.arange(len(batch))
    forward = torch.nn.functional.cross_entropy(likeness, own)
    backward = torch.nn.functional.cross_entropy(likeness[:, : len(batch)].T, own)
    return forward + BACKWARD_WEIGHT * backward
