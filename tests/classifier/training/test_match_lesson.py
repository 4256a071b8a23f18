"""Wrong titles that teach are alike, but never another telling of the right claim."""

from __future__ import annotations

import random

import numpy as np

from classifier.lexical import letter_grams
from classifier.training.match_adapter import same_claim_mask
from classifier.training.match_lesson import MatchLesson, batch_titles, lookalikes_by_letters

TITLES = (
    "jembatan sarang runtuh diterjang banjir",
    "jembatan sarang runtuh karena banjir",
    "jembatan layang pekalongan retak",
    "beras plastik dijual di pasar",
)
LESSON = MatchLesson(
    posts=("jembatan sarang sudah runtuh", "awas beras plastik"),
    titles=TITLES,
    answers=(0, 3),
    grams=tuple(frozenset(letter_grams(title)) for title in TITLES),
)


def test_another_telling_of_the_same_claim_is_no_wrong_answer() -> None:
    assert LESSON.tells_the_same(0, 1)
    assert not LESSON.tells_the_same(0, 2)
    assert set(lookalikes_by_letters(LESSON)[0]) == {2, 3}


def test_a_batch_holds_its_own_titles_first_and_then_lookalikes() -> None:
    lookalikes = lookalikes_by_letters(LESSON)
    titles = batch_titles(LESSON, [1, 0], lookalikes, random.Random(0))
    assert titles[:2] == [3, 0]
    assert titles[2] in lookalikes[1]
    assert titles[3] in lookalikes[0]


def test_the_mask_hides_tellings_of_the_same_claim_but_never_the_answer() -> None:
    mask = same_claim_mask(LESSON, [0, 3], [0, 3, 1, 2]).numpy()
    assert np.array_equal(mask, [[False, False, True, False], [False, False, False, False]])
