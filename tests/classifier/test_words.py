"""Which words a reviewer is shown as telling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from classifier.encoder import Encoder
from classifier.words import MOST_WORDS, telling_words

FORWARD = np.array([1.0], dtype=np.float32)


class SpokenEncoder:
    """Hands out word pieces with how far each points forward."""

    def __init__(self, *pieces: tuple[str, float]) -> None:
        self.pieces = pieces

    def token_vectors(self, cleaned: Sequence[str]) -> list[tuple[list[str], NDArray[np.float32]]]:
        """The same pieces for every text."""
        names = [name for name, _ in self.pieces]
        vectors = np.array([[value] for _, value in self.pieces], dtype=np.float32)
        return [(names, vectors.reshape(-1, 1)) for _ in cleaned]


def told(*pieces: tuple[str, float]) -> list[str]:
    return telling_words(cast(Encoder, SpokenEncoder(*pieces)), FORWARD, ["a text"])[0]


def test_words_come_strongest_first_and_pieces_are_joined() -> None:
    assert told(("▁bagi", 1.0), ("kan", 2.5), ("▁vaksin", 2.0), ("▁besok", -3.0)) == [
        "bagikan",
        "vaksin",
    ]


def test_words_that_every_text_has_are_not_shown_however_they_are_written() -> None:
    pieces = (("▁untuk", 9.0), ("▁Sebagai", 8.0), ("▁saja,", 7.0), ("▁vaksin", 6.0), ("▁x", -30.0))
    assert told(*pieces) == ["vaksin"]


def test_short_pieces_and_numbers_are_not_words() -> None:
    assert told(("▁rp", 5.0), ("▁2025", 5.0), ("▁bocor", 4.0), ("▁biasa", -14.0)) == ["bocor"]


def test_no_more_words_than_a_line_holds() -> None:
    many = [(f"▁kata{letter}", 2.0) for letter in "abcdefgh"]
    assert len(told(*many, ("▁biasa", -16.0))) == MOST_WORDS


def test_a_text_without_pieces_tells_nothing() -> None:
    assert told() == []
