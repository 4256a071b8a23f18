"""Invented claims are whole, told in different words, and invented."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier.cleaning import clean_text, words_of
from classifier.training.claims import Claim, read_claims

MEASURED = read_claims(files("benchmarks.classifier.claims"))
LEARNT = read_claims()
LINK = re.compile(r"https?://([^\s/]+)")
ALIKE = 0.5
"""Cosine of two titles' words above which they may be one claim."""
TELEPHONE = re.compile(r"(?<![\d.])(?:\+62|0)8[\d -]{8,}")


@pytest.mark.parametrize("pairs", [LEARNT, MEASURED], ids=["learnt", "measured"])
def test_a_claim_is_told_three_times_and_has_a_neighbour(pairs: list[tuple[Claim, Claim]]) -> None:
    assert len(pairs) >= 100
    assert {(len(claim.posts), len(neighbour.posts)) for claim, neighbour in pairs} == {(3, 1)}


@pytest.mark.parametrize("pairs", [LEARNT, MEASURED], ids=["learnt", "measured"])
def test_links_lead_nowhere_and_telephones_ring_nowhere(pairs: list[tuple[Claim, Claim]]) -> None:
    for text in _texts(pairs):
        for host in LINK.findall(text):
            assert host.split(":")[0].rstrip(".,)!?*_").endswith(".example"), text
        for number in TELEPHONE.findall(text):
            assert number.replace(" ", "-").startswith("0812-0000"), text


def test_who_tells_a_claim_again_uses_other_words() -> None:
    copied = [
        claim.title
        for claim, _ in LEARNT
        for place, post in enumerate(claim.posts)
        for other in claim.posts[:place]
        if len(_runs(post) & _runs(other)) > 1
    ]
    assert not copied


def test_no_text_is_there_twice_nor_among_what_is_measured_with() -> None:
    learnt = Counter(clean_text(text) for text in _texts(LEARNT))
    assert max(learnt.values()) == 1
    assert not {clean_text(text) for text in _texts(MEASURED)} & set(learnt)


def test_no_claim_that_is_measured_with_is_learnt_in_other_words() -> None:
    learnt, measured = (
        [claim.title for both in pairs for claim in both] for pairs in (LEARNT, MEASURED)
    )
    vectors = TfidfVectorizer(analyzer=lambda title: words_of(clean_text(title)))
    rows = vectors.fit_transform(learnt + measured)
    alike = (rows[len(learnt) :] @ rows[: len(learnt)].T).toarray().max(axis=1)
    assert [title for title, found in zip(measured, alike, strict=True) if found > ALIKE] == []


def _texts(pairs: list[tuple[Claim, Claim]]) -> list[str]:
    return [text for both in pairs for claim in both for text in (claim.title, *claim.posts)]


def _runs(text: str) -> set[tuple[str, ...]]:
    """Runs of four words."""
    words = words_of(clean_text(text))
    return set(zip(*(words[start:] for start in range(4)), strict=False))
