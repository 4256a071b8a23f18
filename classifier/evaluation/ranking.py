"""How well the right fact-check is found: the matcher beside letters alone and plain vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.cleaning import clean_text
from classifier.evaluation.baselines import LETTERS, PLAIN, TFIDF
from classifier.evaluation.intervals import mean_interval
from classifier.library import Library
from classifier.training.evaluation import MatchTest, is_hard, rank_of_own

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

OWN_MODEL = "luruskan"


def ranks_by_model(
    library: Library, test: MatchTest, plain: tuple[FloatArray, FloatArray]
) -> dict[str, IntArray]:
    """The place of each post's own title, by model.

    Args:
        plain: vectors of posts and titles by the encoder without adapter.
    """
    texts = [pair.text for pair in test.pairs]
    plain_posts, plain_titles = plain
    letters = np.vstack([library.letters.score([text]) for text in texts])
    return {
        OWN_MODEL: rank_of_own(test.found, test.gold),
        LETTERS: _ranks(letters, test.gold),
        PLAIN: _ranks(plain_posts @ plain_titles.T, test.gold),
        TFIDF: _ranks(_tfidf_likeness(texts, library), test.gold),
    }


def ranking_report(test: MatchTest, ranks: Mapping[str, IntArray]) -> dict[str, Any]:
    """Success at 1 and 10 and mean reciprocal rank with intervals: all, hard, and by month."""
    hard = np.array([is_hard(pair) for pair in test.pairs])
    months = np.array([pair.date[:7] for pair in test.pairs])
    own = ranks[OWN_MODEL]
    return {
        "models": {name: _figures(places) for name, places in ranks.items()},
        "hard": {name: _figures(places[hard]) for name, places in ranks.items()},
        "periods": {month: _figures(own[months == month]) for month in sorted(set(months))},
    }


def _figures(ranks: IntArray) -> dict[str, Any]:
    return {
        "n": len(ranks),
        "S@1": mean_interval((ranks < 1).astype(np.float64)),
        "S@10": mean_interval((ranks < 10).astype(np.float64)),
        "MRR": mean_interval(1.0 / (ranks + 1)),
    }


def _ranks(scores: FloatArray, gold: IntArray) -> IntArray:
    """How many titles score above the own one; an equal one counts as above."""
    own = scores[np.arange(len(gold)), gold]
    above: IntArray = (scores >= own[:, None]).sum(axis=1) - 1
    return above


def _tfidf_likeness(texts: Sequence[str], library: Library) -> FloatArray:
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    titles = vectorizer.fit_transform([clean_text(entry.title) for entry in library.entries])
    posts = vectorizer.transform([clean_text(text) for text in texts])
    likeness: FloatArray = (posts @ titles.T).toarray().astype(np.float32)
    return likeness
