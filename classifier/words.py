"""Which words of a post the flagger's wording weight comes from.

The encoder's vector is the mean of its token vectors, so that the last layer's sum splits exactly
into what each token adds; no approximation is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.encoder import Encoder
from indices.languages.function_words import LANGUAGES_OF
from indices.words import STOP_WORDS

FloatArray = NDArray[np.float32]

MOST_WORDS = 5
_SHORTEST_WORD = 4
_EMPTY = frozenset({*LANGUAGES_OF, *STOP_WORDS})
"""Words that every text has tell a reviewer nothing, whatever the encoder makes of them."""


def telling_words(
    encoder: Encoder, direction: FloatArray, cleaned: Sequence[str]
) -> list[list[str]]:
    """For each text the words that add most along a direction, strongest first.

    None where nothing stands out.
    """
    return [_most_telling(*read, direction) for read in encoder.token_vectors(cleaned)]


def _most_telling(tokens: list[str], vectors: FloatArray, direction: FloatArray) -> list[str]:
    if not tokens:
        return []
    adds = vectors @ direction
    totals: dict[str, float] = {}
    for word, add in _joined(tokens, adds - float(np.mean(adds))):
        totals[word] = max(totals.get(word, 0.0), add)
    telling = [word for word, add in totals.items() if add > 0 and _is_word(word)]
    return sorted(telling, key=lambda word: -totals[word])[:MOST_WORDS]


def _joined(tokens: list[str], adds: FloatArray) -> list[tuple[str, float]]:
    """Word pieces put together again, with their sums."""
    words: list[tuple[str, float]] = []
    for token, add in zip(tokens, adds.tolist(), strict=True):
        if token.startswith("▁") or not words:
            words.append((token.lstrip("▁"), add))
        else:
            word, sum_so_far = words[-1]
            words[-1] = (word + token, sum_so_far + add)
    return [(word.strip(".,!?:%-/"), add) for word, add in words]


def _is_word(word: str) -> bool:
    is_long = len(word) >= _SHORTEST_WORD and any(letter.isalpha() for letter in word)
    return is_long and word.lower() not in _EMPTY
