"""Of a long text only the beginning is read, and nothing is lost that would have been read."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import encoder as module
from classifier.encoder import MAX_TOKENS, MOST_CHARACTERS, Encoder

LONG = "Pemerintah kabupaten mempertanggungjawabkan pembangunan jembatan gantung. " * 400


def test_cutting_a_long_text_early_changes_no_vector(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [LONG, "kata " * 5_000, "banjir 🙏 " * 900]
    assert min(map(len, texts)) > MOST_CHARACTERS
    cut = encoder.encode(texts)
    monkeypatch.setattr(module, "MOST_CHARACTERS", 10**9)
    assert np.array_equal(encoder.encode(texts), cut)


def test_the_bound_leaves_room_for_the_longest_word_pieces(encoder: Encoder) -> None:
    ((pieces, vectors),) = encoder.token_vectors([LONG])
    assert len(pieces) == len(vectors) > MAX_TOKENS - 8
    assert len("".join(pieces)) < MOST_CHARACTERS / 2
