"""Plain ways to flag, learnt from the same rows: what the model has to be better than."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from classifier.cleaning import clean_text
from classifier.library import Library
from classifier.training.flag_head import Sample, balanced_weights
from classifier.training.samples import TextRow

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]

TFIDF, SURFACE, PLAIN, LETTERS = "tfidf", "surface", "plain_e5", "letters"
PROBED = (
    "characters",
    "words",
    "mean word length",
    "capitals",
    "exclamation marks",
    "question marks",
    "digits",
    "links",
    "line breaks",
)
"""What the surface probe sees. Where it alone does well, the data gives itself away."""
_LINK = re.compile(r"https?:|www\.|\bhxxp|\[link\]|\[dot\]", re.IGNORECASE)


def tfidf_scores(
    texts: Sequence[str], training: Sample, training_texts: Sequence[str]
) -> FloatArray:
    """Log-odds by a logistic regression over word pairs."""
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    rows = vectorizer.fit_transform([clean_text(text) for text in training_texts])
    model = _regression(10.0, rows, training)
    return _logits(model, vectorizer.transform([clean_text(text) for text in texts]))


def surface_scores(
    texts: Sequence[str], training: Sample, training_texts: Sequence[str]
) -> FloatArray:
    """Log-odds by nine features of the raw text that say nothing of what it means."""
    scaler = StandardScaler().fit(surface_features(training_texts))
    model = _regression(1.0, scaler.transform(surface_features(training_texts)), training)
    return _logits(model, scaler.transform(surface_features(texts)))


def vector_scores(
    vectors: FloatArray, training: Sample, training_vectors: FloatArray
) -> FloatArray:
    """Log-odds by a logistic regression over the plain encoder's vectors."""
    model = _regression(10.0, training_vectors, training)
    return _logits(model, vectors)


def letter_scores(rows: Sequence[TextRow], past: Library) -> FloatArray:
    """The best BM25 among fact-checks known before, a hoax's own left out."""
    own = {entry.id: place for place, entry in enumerate(past.entries)}
    best = np.zeros(len(rows), dtype=np.float32)
    for place, row in enumerate(rows):
        scores = past.letters.score([row.text])[0]
        if row.fact_check_id in own:
            scores[own[row.fact_check_id]] = 0
        best[place] = scores.max(initial=0)
    return best


def surface_features(texts: Sequence[str]) -> DoubleArray:
    """Shape (n_texts, 9), in the order of `PROBED`."""
    return np.array([_surface(text) for text in texts], dtype=np.float64).reshape(len(texts), 9)


def _surface(text: str) -> list[float]:
    words, length = text.split(), max(1, len(text))
    counts: list[Callable[[str], bool]] = [str.isupper, str.isdigit]
    capitals, digits = (sum(map(test, text)) / length for test in counts)
    return [
        float(np.log1p(len(text))),
        float(np.log1p(len(words))),
        len(text) / max(1, len(words)),
        capitals,
        float(np.log1p(text.count("!"))),
        float(np.log1p(text.count("?"))),
        digits,
        float(np.log1p(len(_LINK.findall(text)))),
        float(np.log1p(text.count("\n"))),
    ]


def _regression(
    penalty: float, rows: DoubleArray | FloatArray | sparse.csr_matrix, training: Sample
) -> LogisticRegression:
    model = LogisticRegression(C=penalty, max_iter=1000)
    return model.fit(rows, training.is_hoax, sample_weight=balanced_weights(training))


def _logits(
    model: LogisticRegression, rows: DoubleArray | FloatArray | sparse.csr_matrix
) -> FloatArray:
    logits: FloatArray = np.asarray(model.decision_function(rows), dtype=np.float32)
    return logits
