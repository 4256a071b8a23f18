"""Invented noise is of six kinds and the same for the same seed."""

from __future__ import annotations

import random

from classifier.training.noise import noise_texts


def test_the_same_seed_gives_the_same_noise() -> None:
    words = ["pasar ramai sekali", "hujan dari pagi"]
    one, two = (noise_texts(words, random.Random(1), 60) for _ in range(2))
    assert one == two
    assert len(set(one)) > 50


def test_shuffled_words_come_from_ordinary_posts() -> None:
    texts = noise_texts(["pasar ramai"], random.Random(1), 60)[5::6]
    assert {word for text in texts for word in text.split()} == {"pasar", "ramai"}
