"""Which titles share rare letter sequences with a post: BM25 over character 4-grams.

Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from classifier.cleaning import clean_text, words_of

FloatArray = NDArray[np.float32]

GRAM = 4
SATURATION = 1.2
LENGTH_WEIGHT = 0.5
READ_LETTERS = 600
"""How much of a post is compared; titles are shorter anyway."""


class LexicalIndex:
    """Titles by their 4-grams; weights are computed once, so that a question is one product."""

    def __init__(self, titles: Sequence[str]) -> None:
        grams = [letter_grams(title) for title in titles]
        self._gram_ids: dict[str, int] = {}
        for title_grams in grams:
            for gram in title_grams:
                self._gram_ids.setdefault(gram, len(self._gram_ids))
        self._weights = self._weigh(grams)
        totals = np.asarray(self._weights.sum(axis=0)).reshape(-1)
        self._best_possible = np.maximum(totals, 1e-6).astype(np.float32)

    def score(self, texts: Sequence[str]) -> FloatArray:
        """BM25 of every title for every text; shape (n_texts, n_titles)."""
        scores: FloatArray = (self._questions(texts) @ self._weights).toarray()
        return scores

    def coverage(self, scores: FloatArray) -> FloatArray:
        """The share of each title's weight that a text holds, 0 to 1; same shape as `scores`."""
        shares: FloatArray = scores / self._best_possible
        return shares

    def _weigh(self, grams: Sequence[set[str]]) -> csr_array:
        lengths = np.array([len(title_grams) for title_grams in grams], dtype=np.float32)
        columns = np.repeat(np.arange(len(grams)), lengths.astype(np.int64))
        ids = (self._gram_ids[gram] for title_grams in grams for gram in sorted(title_grams))
        rows = np.fromiter(ids, dtype=np.int64, count=len(columns))
        frequencies = np.bincount(rows, minlength=len(self._gram_ids))
        rarity = np.log1p((len(grams) - frequencies + 0.5) / (frequencies + 0.5))
        relative = lengths / max(1.0, float(lengths.mean() if len(lengths) else 1.0))
        norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * relative)
        weights = rarity[rows] * (SATURATION + 1) / (1 + norm[columns])
        shape = (max(1, len(self._gram_ids)), len(grams))
        return csr_array((weights.astype(np.float32), (rows, columns)), shape=shape)

    def _questions(self, texts: Sequence[str]) -> csr_array:
        found = [
            sorted(self._gram_ids[gram] for gram in letter_grams(text) if gram in self._gram_ids)
            for text in texts
        ]
        starts = np.cumsum([0, *(len(ids) for ids in found)])
        columns = np.array([i for ids in found for i in ids], dtype=np.int64)
        values = np.ones(len(columns), dtype=np.float32)
        shape = (len(texts), max(1, len(self._gram_ids)))
        return csr_array((values, columns, starts), shape=shape)


def letter_grams(text: str) -> set[str]:
    """Distinct 4-grams of the words, with the spaces between them."""
    line = f" {' '.join(words_of(clean_text(text)))[:READ_LETTERS]} "
    if len(line) <= GRAM:
        return {line} if line.strip() else set()
    return {line[start : start + GRAM] for start in range(len(line) - GRAM + 1)}
