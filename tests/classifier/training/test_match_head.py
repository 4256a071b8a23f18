"""The scorer learns from answered posts, and is strong only where it is hardly ever wrong."""

from __future__ import annotations

import numpy as np

from classifier.library import Library, LibraryEntry
from classifier.matching import FEATURES, ClaimMatcher
from classifier.training.match_head import LEAST_STRONG, MatchTask, fit_scorer

WORDS = "jembatan beras vaksin parkir tanah sekolah listrik gempa banjir uang pasar hujan".split()


def build_task() -> tuple[MatchTask, MatchTask, Library]:
    rng = np.random.default_rng(0)
    pairs = [(one, two) for one in WORDS for two in WORDS if one < two]
    titles = [f"{one} palsu di {two} kota" for one, two in pairs]
    vectors = rng.standard_normal((len(titles), 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    library = Library([LibraryEntry(str(n), t) for n, t in enumerate(titles)], vectors)
    noisy = vectors + 0.1 * rng.standard_normal(vectors.shape).astype(np.float32)
    noisy /= np.linalg.norm(noisy, axis=1, keepdims=True)
    answered = MatchTask(
        [f"katanya {one} palsu beredar di {two}" for one, two in pairs],
        noisy,
        np.arange(len(pairs)),
    )
    others = rng.standard_normal((40, 16)).astype(np.float32)
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    none = MatchTask([f"selamat pagi semua {n}" for n in range(40)], others, np.full(40, -1))
    return answered, none, library


def test_the_right_title_comes_first_and_probably() -> None:
    answered, none, library = build_task()
    scorer = fit_scorer(answered, none, library)
    assert scorer.weights.shape == (len(FEATURES),)
    matcher = ClaimMatcher(library, scorer)
    found = matcher.match(answered.texts, answered.vectors, limit=10)
    first = np.mean([matches[0].fact_check_id == str(n) for n, matches in enumerate(found)])
    assert first > 0.9


def test_posts_without_an_answer_are_never_strong_matches() -> None:
    answered, none, library = build_task()
    scorer = fit_scorer(answered, none, library)
    found = ClaimMatcher(library, scorer).match(none.texts, none.vectors, limit=3)
    assert scorer.strong_threshold >= LEAST_STRONG
    assert not any(match.strong for matches in found for match in matches)
