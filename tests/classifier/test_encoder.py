"""Of a long text only the beginning is read, and nothing is lost that would have been read."""

from __future__ import annotations

import os

import numpy as np
import pytest

from classifier import encoder as module
from classifier.assessing import Assessor
from classifier.encoder import (
    BUNDLED,
    KEPT_KERNELS,
    MAX_TOKENS,
    MOST_CHARACTERS,
    WORDS_SIZE,
    Encoder,
    load_encoder,
)
from indices.progress import SilentProgress

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


@pytest.mark.parametrize("text", ["lowongan tanpa tes", "banjir", "🙏 syukur", "300 ribu"])
def test_a_texts_pieces_begin_with_its_first_letter(encoder: Encoder, text: str) -> None:
    ((pieces, vectors),) = encoder.token_vectors([text])
    assert "".join(pieces).replace("▁", " ").strip() == text
    assert len(vectors) == len(pieces)


def test_words_are_what_no_adapter_changes(assessor: Assessor) -> None:
    texts = ["Banjir merendam tiga desa.", "Lowongan kerja palsu, klik tautan ini!", "🙏"]
    matching, flagging = (
        encoder.words(texts) for encoder in (assessor.matching_encoder, assessor.flagging_encoder)
    )
    assert np.array_equal(matching, flagging)
    assert np.allclose(np.linalg.norm(matching, axis=1), WORDS_SIZE, rtol=1e-3)
    assert not np.allclose(matching[0], matching[1], atol=0.1)


def test_what_is_read_is_the_vector_and_then_the_words(encoder: Encoder) -> None:
    texts = ["Jembatan roboh.", LONG]
    read = encoder.read(texts)
    assert read.shape == (2, 2 * encoder.n_dims)
    assert np.array_equal(read[:, : encoder.n_dims], encoder.encode(texts))
    assert np.array_equal(read[:, encoder.n_dims :], encoder.words(texts))
    assert encoder.read([]).shape == (0, 2 * encoder.n_dims)


def test_memory_goes_back_after_each_batch(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(module, "give_memory_back", lambda: given_back.append(True))
    encoder.encode([LONG] * 40)
    assert len(given_back) == 3, "sixteen long texts are read at once"


def test_few_prepared_multiplications_are_kept_unless_somebody_says_so(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert encoder.n_dims  # it is loaded
    assert {name: os.environ[name] for name in KEPT_KERNELS} == KEPT_KERNELS
    monkeypatch.setenv("LRU_CACHE_CAPACITY", "7")
    load_encoder(BUNDLED, SilentProgress())
    assert os.environ["LRU_CACHE_CAPACITY"] == "7"
