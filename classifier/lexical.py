"""Which titles share rare terms with a post: BM25 over letter sequences, or over word stems.

Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import clean_text, words_of
from indices.text import terms

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

GRAM = 4
SATURATION = 1.2
LENGTH_WEIGHT = 0.5
READ_LETTERS = 600
"""How much of a post is compared; titles are shorter anyway."""


def letter_grams(text: str) -> set[str]:
    """Distinct 4-grams of the words, with the spaces between them."""
    line = f" {' '.join(words_of(clean_text(text)))[:READ_LETTERS]} "
    if len(line) <= GRAM:
        return {line} if line.strip() else set()
    return {line[start : start + GRAM] for start in range(len(line) - GRAM + 1)}


def word_stems(text: str) -> set[str]:
    """Distinct stems of the words, as search knows them."""
    return set(terms(clean_text(text)))


class LexicalIndex:
    """Titles by their terms; weights are computed once, so that a question only adds them up."""

    def __init__(
        self, titles: Sequence[str], terms_of: Callable[[str], set[str]] = letter_grams
    ) -> None:
        self._terms_of = terms_of
        self._n_titles = len(titles)
        self._term_ids: dict[str, int] = {}
        lengths = np.zeros(len(titles), dtype=np.int32)
        owned: list[int] = []
        for place, title in enumerate(titles):
            own = sorted(terms_of(title))
            lengths[place] = len(own)
            owned += (self._term_ids.setdefault(term, len(self._term_ids)) for term in own)
        self._build(np.array(owned, dtype=np.int32), lengths)

    def score(self, texts: Sequence[str]) -> FloatArray:
        """BM25 of every title for every text; shape (n_texts, n_titles)."""
        rows = [self._score_one(self._known(self._terms_of(text))) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self._n_titles)

    def coverage(self, scores: FloatArray) -> FloatArray:
        """The share of each title's weight that a text holds, 0 to 1; same shape as `scores`."""
        shares: FloatArray = scores / self.best_possible
        return shares

    def rarity(self, text: str) -> float:
        """The summed rarity of a text's terms, those that no title has counting as rarest."""
        own = self._terms_of(text)
        known = self._known(own)
        unknown = (len(own) - len(known)) * np.log1p(2.0 * self._n_titles + 1)
        return float(self._rarity[known].sum() + unknown)

    def _build(self, owned: NDArray[np.int32], lengths: NDArray[np.int32]) -> None:
        """Postings sorted by term: `_titles[_starts[t] : _starts[t + 1]]` have term t."""
        titles = np.repeat(np.arange(self._n_titles, dtype=np.int32), lengths)
        order = np.argsort(owned, kind="stable")
        by_term, self._titles = owned[order], titles[order]
        frequencies = np.bincount(by_term, minlength=len(self._term_ids))
        self._starts = np.concatenate([[0], np.cumsum(frequencies)])
        self._rarity = np.log1p((self._n_titles - frequencies + 0.5) / (frequencies + 0.5))
        relative = lengths / max(1.0, float(lengths.mean()) if self._n_titles else 1.0)
        norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * relative)
        weights = self._rarity[by_term] * (SATURATION + 1) / (1 + norm[self._titles])
        self._weights = weights.astype(np.float32)
        totals = np.bincount(self._titles, self._weights, minlength=self._n_titles)
        self.best_possible: FloatArray = np.maximum(totals, 1e-6).astype(np.float32)
        """The score of each title for itself."""

    def _known(self, own: Iterable[str]) -> IntArray:
        ids = sorted(self._term_ids[term] for term in own if term in self._term_ids)
        return np.array(ids, dtype=np.int64)

    def _score_one(self, known: IntArray) -> FloatArray:
        if not len(known):
            return np.zeros(self._n_titles, dtype=np.float32)
        spans = [slice(self._starts[term], self._starts[term + 1]) for term in known]
        titles = np.concatenate([self._titles[span] for span in spans])
        weights = np.concatenate([self._weights[span] for span in spans])
        sums: FloatArray = np.bincount(titles, weights, self._n_titles).astype(np.float32)
        return sums
