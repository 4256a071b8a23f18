"""Texts are cut between words, and batches hold texts of like length."""

from __future__ import annotations

import os
import random

import pytest

from classifier.training.corpus import VARIABLE, data_dir
from classifier.training.flag_adapter import (
    LONGEST_CUT,
    LabelledText,
    batches_of_like_length,
    build_course,
    cut_at_random,
)

TEXT = " ".join(f"kata{number}" for number in range(200))


def test_a_cut_is_a_run_of_whole_words() -> None:
    words = TEXT.split()
    for seed in range(50):
        piece = cut_at_random(TEXT, random.Random(seed))
        assert len(piece) <= LONGEST_CUT
        first = words.index(piece.split()[0])
        assert piece.split() == words[first : first + len(piece.split())]


def test_a_short_text_stays_whole() -> None:
    assert cut_at_random("pendek saja", random.Random(0)) == "pendek saja"


def test_every_text_is_in_one_batch_near_others_of_its_length() -> None:
    lesson = [LabelledText("a" * (n % 300), n % 2 == 0) for n in range(600)]
    batches = batches_of_like_length(lesson, random.Random(0))
    lengths = sorted(len(item.text) for batch in batches for item in batch)
    assert lengths == sorted(len(item.text) for item in lesson)
    spans = [max(len(i.text) for i in batch) - min(len(i.text) for i in batch) for batch in batches]
    assert max(spans) < 40


@pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} is not set")
def test_each_epoch_cuts_anew_and_meets_other_ordinary_posts() -> None:
    course = build_course(data_dir(), frozenset(), seed=0, n_epochs=2)
    half = len(course) // 2
    first, second = (
        {item.text for item in epoch if not item.is_hoax}
        for epoch in (course[:half], course[half:])
    )
    assert len(second - first) > len(second) // 2
    assert first & second, "small sources are met again"
