"""Which known fact-checks a post may repeat: letters and meaning, weighed by a learnt scorer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.artefact import Artefact
from classifier.cleaning import clean_text, words_of
from classifier.lexical import READ_LETTERS
from classifier.library import Library
from indices.documents import Match

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

FEATURES = (
    "letters_z",
    "meaning_z",
    "letters",
    "meaning",
    "coverage",
    "interplay",
    "words",
    "answered",
    "title_length",
    "post_length",
)
N_CANDIDATES = 50
BATCH_POSTS = 32
PRIOR_ENTRIES = 100.0
"""A small library's own spread is mixed with that of a large one, as if it had so many more."""
_COMMON_WORDS = frozenset(
    "yang dan di ke dari untuk dengan ini itu akan ada tidak pada oleh juga saat bisa karena sudah"
    " atau dalam adalah para telah jadi kita kami anda saya dia agar bagi the of".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One library entry with the evidence that a post repeats it."""

    index: int
    features: FloatArray
    """Shape (n_features,), in the order of `FEATURES`."""
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class PostView:
    """One post beside all entries of a library."""

    text: str
    vector: FloatArray
    letters: FloatArray
    """BM25 of each entry's letters; shape (n_entries,)."""
    words: FloatArray
    likeness: FloatArray


@dataclass(frozen=True, slots=True)
class ListScorer:
    """Weighs all candidates of one post against each other, and against "none of them".

    Source: McFadden 1974, "Conditional Logit Analysis of Qualitative Choice Behavior".
    """

    weights: FloatArray
    intercept: float
    background: FloatArray
    """Mean and deviation of `letters`, then of `meaning`, in a large library."""
    calibration: tuple[float, float]
    """Scale and shift of the log-odds that make the first match's probability honest."""
    strong_threshold: float

    def probability(self, features: FloatArray) -> FloatArray:
        """That the post repeats each candidate's claim; features of shape (n, n_features)."""
        logits = (features @ self.weights + self.intercept).astype(np.float64)
        highest = max(0.0, float(logits.max(initial=0.0)))
        shares = np.exp(logits - highest)
        odds = np.log(shares) - np.log(_others(shares) + np.exp(-highest))
        scale, shift = self.calibration
        chances: FloatArray = (1 / (1 + np.exp(-np.clip(scale * odds + shift, -30, 30)))).astype(
            np.float32
        )
        return chances


def scorer_of(artefact: Artefact) -> ListScorer:
    """The scorer that a model carries."""
    intercept, scale, shift = (float(value) for value in artefact.heads["match.numbers"])
    return ListScorer(
        weights=artefact.heads["match.weights"],
        intercept=intercept,
        background=artefact.heads["match.background"],
        calibration=(scale, shift),
        strong_threshold=float(artefact.facts["strong_threshold"]),
    )


def best_probability(scorer: ListScorer, features: Sequence[FloatArray]) -> float:
    """The first match's probability where only these candidates are known; 0 without any."""
    if not features:
        return 0.0
    return float(scorer.probability(np.array(features)).max())


class ClaimMatcher:
    """Ranks a library's entries for each post."""

    def __init__(self, library: Library, scorer: ListScorer) -> None:
        self.library = library
        self._scorer = scorer

    def match(
        self, texts: Sequence[str], vectors: FloatArray, limit: int = 10
    ) -> list[list[Match]]:
        """The best entries for each post, best first; fewer only if the library is smaller.

        Args:
            vectors: the posts as the library's encoder sees them, rows of unit length.
        """
        found: list[list[Match]] = []
        for start in range(0, len(texts), BATCH_POSTS):
            batch = texts[start : start + BATCH_POSTS]
            ranked = self.rank(batch, vectors[start : start + BATCH_POSTS], limit)
            found += [
                self._matches(text, candidates[:limit])
                for text, candidates in zip(batch, ranked, strict=True)
            ]
        return found

    def rank(
        self, texts: Sequence[str], vectors: FloatArray, limit: int = 10
    ) -> list[list[Candidate]]:
        """Candidates of each post with their evidence, best first."""
        if not len(self.library):
            return [[] for _ in texts]
        letters = self.library.letters.score(texts) / np.log1p(np.float32(len(self.library)))
        words = self.library.words.score(texts)
        likeness = self.library.likeness(vectors)
        n_candidates = max(N_CANDIDATES, limit)
        views = zip(texts, vectors, letters, words, likeness, strict=True)
        return [self._rank_one(PostView(*view), n_candidates) for view in views]

    def _rank_one(self, post: PostView, n_candidates: int) -> list[Candidate]:
        nearest = _best(post.letters, n_candidates), _best(post.likeness, n_candidates)
        chosen = np.union1d(*nearest)
        features = self._features(post, chosen)
        chances = self._scorer.probability(features)
        order = np.lexsort((chosen, -chances))
        return [Candidate(int(chosen[i]), features[i], float(chances[i])) for i in order]

    def _features(self, post: PostView, chosen: IntArray) -> FloatArray:
        """The evidence for each chosen entry, shape (n_chosen, n_features)."""
        library, background = self.library, self._scorer.background
        letters, words = post.letters[chosen], post.words[chosen]
        meaning = library.vectors[chosen] @ post.vector
        letter_mean, letter_spread = _mean_and_spread(post.letters, *background[:2])
        mean, spread = _mean_and_spread(post.likeness, *background[2:])
        coverage = letters * np.log1p(len(library)) / library.letters.best_possible[chosen]
        columns = (
            (letters - letter_mean) / letter_spread,
            (meaning - mean) / spread,
            letters,
            meaning,
            coverage,
            coverage * meaning,
            words / library.words.best_possible[chosen],
            words / max(library.words.rarity(post.text), 1.0),
            library.title_lengths[chosen],
            np.full(len(chosen), np.log1p(min(len(post.text), READ_LETTERS))),
        )
        return np.stack(columns, axis=1).astype(np.float32)

    def _matches(self, text: str, candidates: Sequence[Candidate]) -> list[Match]:
        entries = self.library.entries
        words = frozenset(words_of(clean_text(text)))
        return [
            Match(
                fact_check_id=entries[candidate.index].id,
                title=entries[candidate.index].title,
                score=round(candidate.probability, 4),
                url=entries[candidate.index].url,
                verdict=entries[candidate.index].verdict,
                shared_terms=shared_terms(words, entries[candidate.index].title),
                strong=candidate.probability >= self._scorer.strong_threshold,
            )
            for candidate in candidates
        ]


def shared_terms(words: frozenset[str], title: str) -> tuple[str, ...]:
    """Telling words that a post and a title both have, in the title's order.

    Args:
        words: of the post, cleaned.
    """
    shared = (word for word in words_of(clean_text(title)) if word in words)
    return tuple(dict.fromkeys(w for w in shared if len(w) > 2 and w not in _COMMON_WORDS))


def _best(scores: FloatArray, n_best: int) -> IntArray:
    if len(scores) <= n_best:
        return np.arange(len(scores), dtype=np.int64)
    best: IntArray = np.argpartition(-scores, n_best)[:n_best]
    return best


def _others(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each value the sum of all others, never quite nothing."""
    sums: NDArray[np.float64] = np.maximum(shares.sum() - shares, 1e-12)
    return sums


def _mean_and_spread(
    values: FloatArray, prior_mean: float, prior_deviation: float
) -> tuple[float, float]:
    """Of this library, leaning on a large library's where this one is small."""
    n_values = len(values)
    share = n_values / (n_values + PRIOR_ENTRIES)
    mean = share * float(values.mean()) + (1 - share) * float(prior_mean)
    spread = share * float(values.var()) + (1 - share) * float(prior_deviation) ** 2
    return mean, max(spread, 1e-8) ** 0.5
