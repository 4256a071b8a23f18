"""The fact-checks that posts are matched against: read from a file or the store, indexed once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from classifier.encoder import Encoder, fastest_dtype
from classifier.lexical import LexicalIndex, word_stems
from classifier.remembering import remembered_vectors
from indices.documents import FactCheck
from indices.progress import Progress

FloatArray = NDArray[np.float32]

LABEL = "Reading fact-checks"


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
    def letters(self) -> LexicalIndex:
        """The letter index, built when it is first asked."""
        return LexicalIndex([entry.title for entry in self.entries])

    @cached_property
    def words(self) -> LexicalIndex:
        """The index of word stems, built when it is first asked."""
        return LexicalIndex([entry.title for entry in self.entries], word_stems)

    @cached_property
    def title_lengths(self) -> FloatArray:
        """The logarithm of each title's length in characters."""
        return np.log1p([len(entry.title) for entry in self.entries]).astype(np.float32)

    def likeness(self, vectors: FloatArray) -> FloatArray:
        """About the cosine of every entry for every vector; shape (n_vectors, n_entries).

        Good to choose candidates by: with bfloat16 it is off by up to half a hundredth.
        """
        asked = torch.from_numpy(vectors).to(self._halves.dtype)
        cosines: FloatArray = torch.nn.functional.linear(asked, self._halves).float().numpy()
        return cosines

    @cached_property
    def _halves(self) -> torch.Tensor:
        return torch.from_numpy(self.vectors).to(fastest_dtype())


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
    titles = [entry.title for entry in kept]
    if cache_dir is None:
        return Library(kept, encoder.encode(titles, progress, LABEL))
    return Library(kept, remembered_vectors(encoder, titles, cache_dir, progress, LABEL))


def entry_of(fact_check: FactCheck) -> LibraryEntry:
    """A fact-check as the matcher reads it: the claim itself where it is given."""
    return LibraryEntry(
        fact_check.id, fact_check.claim or fact_check.title, fact_check.url, fact_check.verdict
    )
