"""What the matching adapter learns from: posts, what tells their claim, and what only looks so.

Posts and fact-checks of the training period, nothing of what the figures are measured on; and
invented claims, whose posts are brought near each other too, and kept from their neighbours.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import clean_text
from classifier.lexical import LexicalIndex, letter_grams
from classifier.training.claims import Claim
from classifier.training.corpus import read_library, read_pairs
from classifier.training.splits import TRAIN

FloatArray = NDArray[np.float32]

N_LOOKALIKES = 30
SAME_CLAIM_SHARE = 0.4
"""Titles that share so many 4-grams may tell the same claim: neither right nor wrong."""
COLLECTED = -1


@dataclass(frozen=True, slots=True)
class Telling:
    """A cleaned text that a post may be compared with."""

    text: str
    claim: int
    """The number of an invented claim; `COLLECTED` for the title of a fact-check."""
    grams: frozenset[str]

    def tells_the_same(self, other: Telling) -> bool:
        """Whether neither can be called wrong for the other: of invented ones it is known."""
        if COLLECTED not in (self.claim, other.claim):
            return self.claim == other.claim
        fewest = min(len(self.grams), len(other.grams))
        return len(self.grams & other.grams) >= SAME_CLAIM_SHARE * max(1, fewest)


@dataclass(frozen=True, slots=True)
class Question:
    """A cleaned post, and places among the tellings."""

    post: str
    answers: tuple[int, ...]
    """One is drawn each time; what stands there twice, twice as often."""
    wrong: tuple[int, ...]
    """Of another claim, however alike; may be empty."""


@dataclass(frozen=True, slots=True)
class MatchLesson:
    """Everything that one pass of training sees."""

    questions: tuple[Question, ...]
    tellings: tuple[Telling, ...]

    def kinds(self) -> tuple[list[int], list[int]]:
        """Which questions are of collected posts, and which of invented ones."""
        collected: list[int] = []
        invented: list[int] = []
        for number, question in enumerate(self.questions):
            claim = self.tellings[question.answers[0]].claim
            (collected if claim == COLLECTED else invented).append(number)
        return collected, invented


def read_collected_lesson(directory: Path) -> MatchLesson:
    """Pairs and titles to December 2024."""
    known = [title for title in read_library(directory) if title.date and title.date < "2025"]
    places = {title.id: place for place, title in enumerate(known)}
    pairs = [pair for pair in read_pairs(directory) if pair.split == TRAIN]
    pairs = [pair for pair in pairs if pair.fact_check_id in places]
    return collected_lesson(
        [pair.text for pair in pairs],
        [title.title for title in known],
        [places[pair.fact_check_id] for pair in pairs],
    )


def collected_lesson(
    posts: Sequence[str], titles: Sequence[str], answers: Sequence[int]
) -> MatchLesson:
    """Posts against titles; wrong are those that share most letters.

    Args:
        answers: the place of each post's own title.
    """
    tellings = tuple(_telling(title, COLLECTED) for title in titles)
    index = LexicalIndex([telling.text for telling in tellings])
    questions = []
    for post, answer in zip(map(clean_text, posts), answers, strict=True):
        alike = _lookalikes(tellings, answer, index.score([post])[0])
        questions.append(Question(post, (answer,), alike))
    return MatchLesson(tuple(questions), tellings)


def with_invented(lesson: MatchLesson, pairs: Sequence[tuple[Claim, Claim]]) -> MatchLesson:
    """The posts of invented claims too: half of the time a post is asked for who else tells it.

    Args:
        pairs: of claims that are easily taken for each other.
    """
    tellings, questions = list(lesson.tellings), list(lesson.questions)
    for number, (claim, neighbour) in enumerate(pairs):
        own = _add_tellings(tellings, claim, 2 * number)
        wrong = _add_tellings(tellings, neighbour, 2 * number + 1)
        questions += _told_again(tellings, own, wrong)
        questions += _told_again(tellings, wrong, own)
    return MatchLesson(tuple(questions), tuple(tellings))


def batches_of_one_kind(lesson: MatchLesson, size: int, rng: random.Random) -> list[list[int]]:
    """Numbers of questions, shuffled; what fills no batch is left out.

    Invented claims among collected posts are too easily told apart, and the posts learn less.
    """
    batches = []
    for order in lesson.kinds():
        rng.shuffle(order)
        batches += [order[s : s + size] for s in range(0, len(order) - size + 1, size)]
    rng.shuffle(batches)
    return batches


def batch_places(lesson: MatchLesson, batch: Sequence[int], rng: random.Random) -> list[int]:
    """One answer for each question in order, then one wrong telling for each that has any."""
    questions = [lesson.questions[number] for number in batch]
    right = [rng.choice(question.answers) for question in questions]
    return right + [rng.choice(question.wrong) for question in questions if question.wrong]


def _add_tellings(tellings: list[Telling], claim: Claim, number: int) -> range:
    """The places of a claim's title and posts, which are put at the end."""
    first = len(tellings)
    tellings += [_telling(text, number) for text in (claim.title, *claim.posts)]
    return range(first, len(tellings))


def _told_again(tellings: Sequence[Telling], own: range, wrong: range) -> Iterator[Question]:
    """A question for each post of a claim; its title is the first place."""
    title, posts = own[0], own[1:]
    for post in posts:
        others = tuple(other for other in posts if other != post)
        yield Question(tellings[post].text, (title,) * max(1, len(others)) + others, tuple(wrong))


def _telling(text: str, claim: int) -> Telling:
    cleaned = clean_text(text)
    return Telling(cleaned, claim, frozenset(letter_grams(cleaned)))


def _lookalikes(tellings: Sequence[Telling], answer: int, scores: FloatArray) -> tuple[int, ...]:
    """The wrong titles that score best for a post."""
    best = np.argpartition(-scores, min(N_LOOKALIKES, len(scores) - 1))[:N_LOOKALIKES].tolist()
    return tuple(p for p in best if not tellings[p].tells_the_same(tellings[answer]))
