"""Vectors of known titles are kept between runs; only new titles are read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from classifier.encoder import Encoder
from classifier.library import LibraryEntry, build_library
from indices.progress import SilentProgress

FIRST = [LibraryEntry("1", "Jembatan runtuh"), LibraryEntry("2", "Beras plastik")]


def test_a_second_run_reads_only_the_new_title(encoder: Encoder, tmp_path: Path) -> None:
    first = build_library(FIRST, encoder, SilentProgress(), tmp_path)
    (cached,) = tmp_path.iterdir()
    written = cached.stat().st_mtime_ns
    again = build_library(FIRST, encoder, SilentProgress(), tmp_path)
    assert np.array_equal(again.vectors, first.vectors)
    assert cached.stat().st_mtime_ns == written
    more = build_library(
        [LibraryEntry("3", "Uang palsu"), *FIRST], encoder, SilentProgress(), tmp_path
    )
    assert np.array_equal(more.vectors[1:], first.vectors)
    assert cached.stat().st_mtime_ns > written


def test_a_damaged_cache_is_made_again(encoder: Encoder, tmp_path: Path) -> None:
    first = build_library(FIRST, encoder, SilentProgress(), tmp_path)
    (cached,) = tmp_path.iterdir()
    cached.write_bytes(b"damaged")
    again = build_library(FIRST, encoder, SilentProgress(), tmp_path)
    assert np.allclose(again.vectors, first.vectors)


def test_an_empty_library_has_no_vectors(encoder: Encoder, tmp_path: Path) -> None:
    assert build_library([], encoder, SilentProgress(), tmp_path).vectors.shape == (0, 384)


def test_a_cache_that_cannot_be_written_costs_no_answer(encoder: Encoder, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    library = build_library(FIRST, encoder, SilentProgress(), blocked / "cache")
    assert library.vectors.shape == (2, 384)
