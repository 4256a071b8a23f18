from __future__ import annotations

import pytest
import torch

from classifier.bundled import ensure_bundled
from classifier.encoder import BUNDLED, Encoder, load_encoder, load_sentence_transformer
from classifier.halved_table import HalvedTable
from indices.progress import SilentProgress

TEXTS = [
    "Air PDAM beracun, jangan diminum! Sebarkan!",
    "Pemkot membuka pendaftaran beasiswa sampai Jumat.",
    "🙏",
    "",
]


def test_half_a_table_changes_no_vector_by_more_than_rounding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("classifier.encoder.fastest_dtype", lambda: torch.float32)
    encoder = load_encoder(BUNDLED, SilentProgress())
    halved = encoder.encode(TEXTS)
    directory = str(ensure_bundled(SilentProgress()))
    whole = Encoder(load_sentence_transformer(directory, torch.float32), "whole", 16).encode(TEXTS)
    assert not (halved == whole).all(), "the table was not halved at all"
    assert ((halved * whole).sum(axis=1) > 0.99999).all()


def test_the_encoder_still_counts_as_one_of_single_precision(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("classifier.encoder.fastest_dtype", lambda: torch.float32)
    directory = str(ensure_bundled(SilentProgress()))
    transformer = load_sentence_transformer(directory)[0].auto_model
    assert isinstance(transformer.get_input_embeddings(), HalvedTable)
    assert transformer.dtype == torch.float32


def test_a_table_of_half_precision_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.encoder.fastest_dtype", lambda: torch.bfloat16)
    directory = str(ensure_bundled(SilentProgress()))
    transformer = load_sentence_transformer(directory)[0].auto_model
    assert isinstance(transformer.get_input_embeddings(), torch.nn.Embedding)
