"""The fact-checks that posts are matched against: read from a file or the store, indexed once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from classifier.encoder import Encoder
from classifier.hashing import joined_sha256
from classifier.lexical import LexicalIndex
from indices.documents import FactCheck
from indices.jobs import Progress

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One known claim with the fact-check that answered it."""

    id: str
    title: str
    url: str = ""
    verdict: str = ""


class Library:
    """Entries with what is needed to find them by letters and by meaning."""

    def __init__(self, entries: Sequence[LibraryEntry], vectors: FloatArray) -> None:
        self.entries = tuple(entries)
        self.vectors = vectors
        """Shape (n_entries, n_dims), rows of unit length."""

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The letter index, built when it is first asked."""
        return LexicalIndex([entry.title for entry in self.entries])


def build_library(
    entries: Iterable[LibraryEntry],
    encoder: Encoder,
    progress: Progress,
    cache_dir: Path | None = None,
) -> Library:
    """Index entries that have a title, each id once.

    Args:
        cache_dir: where vectors of an unchanged library are kept between runs.
    """
    distinct = {entry.id: entry for entry in entries if entry.title.strip()}
    kept = list(distinct.values())
    if cache_dir is None:
        return Library(kept, _encode(kept, encoder, progress))
    return Library(kept, _cached_vectors(kept, encoder, progress, cache_dir))


def entry_of(fact_check: FactCheck) -> LibraryEntry:
    """A fact-check as the matcher reads it: the claim itself where it is given."""
    return LibraryEntry(
        fact_check.id, fact_check.claim or fact_check.title, fact_check.url, fact_check.verdict
    )


def _encode(entries: Sequence[LibraryEntry], encoder: Encoder, progress: Progress) -> FloatArray:
    titles = [entry.title for entry in entries]
    return encoder.encode(titles, progress, "Reading fact-checks")


def _cached_vectors(
    entries: Sequence[LibraryEntry], encoder: Encoder, progress: Progress, cache_dir: Path
) -> FloatArray:
    """Vectors from the last run for titles it knew; only new titles are encoded."""
    path = cache_dir / f"fact-checks-{joined_sha256([encoder.name])[:12]}.safetensors"
    known = _read_known(path, encoder.n_dims)
    keys = [joined_sha256([entry.title])[:32] for entry in entries]
    new = [index for index, key in enumerate(keys) if key not in known]
    if new:
        vectors = _encode([entries[index] for index in new], encoder, progress)
        known |= {keys[index]: vector for index, vector in zip(new, vectors, strict=True)}
    if new or len(known) > len(set(keys)):
        _write_known(path, {key: known[key] for key in keys})
    rows = [known[key] for key in keys]
    return np.array(rows, dtype=np.float32).reshape(len(rows), encoder.n_dims)


def _read_known(path: Path, n_dims: int) -> dict[str, FloatArray]:
    try:
        stored = load_file(path)
        keys = bytes(stored["keys"]).decode().split()
        vectors: FloatArray = stored["vectors"]
    except (OSError, SafetensorError, KeyError, UnicodeDecodeError):
        return {}  # only a cache: what cannot be read is made again
    if vectors.shape != (len(keys), n_dims):
        return {}
    return dict(zip(keys, vectors, strict=True))


def _write_known(path: Path, known: dict[str, FloatArray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = np.frombuffer("\n".join(known).encode(), dtype=np.uint8)
    vectors = np.array(list(known.values()), dtype=np.float32)
    part = path.with_suffix(".part")
    save_file({"keys": keys, "vectors": vectors}, part)
    part.replace(path)
