"""What the matching adapter learns from: posts, their titles, and titles that look alike.

Only posts and fact-checks of the training period: nothing of what the figures are measured on.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import clean_text
from classifier.lexical import LexicalIndex, letter_grams
from classifier.training.corpus import read_library, read_pairs
from classifier.training.splits import TRAIN

FloatArray = NDArray[np.float32]

N_LOOKALIKES = 30
SAME_CLAIM_SHARE = 0.4
"""Titles that share so many 4-grams may tell the same claim: neither right nor wrong."""


@dataclass(frozen=True, slots=True)
class MatchLesson:
    """Cleaned posts and titles of the training period."""

    posts: tuple[str, ...]
    titles: tuple[str, ...]
    answers: tuple[int, ...]
    """The place of each post's own title."""
    grams: tuple[frozenset[str], ...]

    def tells_the_same(self, one: int, other: int) -> bool:
        """Whether two titles are so alike that neither can be called wrong for the other."""
        ones, others = self.grams[one], self.grams[other]
        return len(ones & others) >= SAME_CLAIM_SHARE * max(1, min(len(ones), len(others)))

    def lookalikes(self, post: int, scores: FloatArray) -> list[int]:
        """The wrong titles that score best for a post."""
        best = np.argpartition(-scores, min(N_LOOKALIKES, len(scores) - 1))[:N_LOOKALIKES]
        answer = self.answers[post]
        return [title for title in best.tolist() if not self.tells_the_same(title, answer)]


def read_match_lesson(directory: Path) -> MatchLesson:
    """Pairs and titles to December 2024."""
    known = [title for title in read_library(directory) if title.date and title.date < "2025"]
    places = {title.id: place for place, title in enumerate(known)}
    pairs = [pair for pair in read_pairs(directory) if pair.split == TRAIN]
    pairs = [pair for pair in pairs if pair.fact_check_id in places]
    titles = tuple(clean_text(title.title) for title in known)
    return MatchLesson(
        posts=tuple(clean_text(pair.text) for pair in pairs),
        titles=titles,
        answers=tuple(places[pair.fact_check_id] for pair in pairs),
        grams=tuple(frozenset(letter_grams(title)) for title in titles),
    )


def lookalikes_by_letters(lesson: MatchLesson) -> list[list[int]]:
    """For each post the wrong titles that share most letters with it."""
    index = LexicalIndex(lesson.titles)
    return [
        lesson.lookalikes(post, index.score([text])[0]) for post, text in enumerate(lesson.posts)
    ]


def batch_titles(
    lesson: MatchLesson,
    batch: Sequence[int],
    lookalikes: Sequence[Sequence[int]],
    rng: random.Random,
) -> list[int]:
    """The batch's own titles in order, then one lookalike for each post that has any."""
    wrong = [rng.choice(lookalikes[post]) for post in batch if lookalikes[post]]
    return [lesson.answers[post] for post in batch] + wrong
