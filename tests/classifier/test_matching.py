"""The right fact-check comes first, whatever the library looks like."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.assessing import Assessor
from classifier.library import Library, LibraryEntry
from classifier.matching import shared_terms
from indices.documents import Match
from indices.progress import SilentProgress

CLAIMS = {
    "j": "Jembatan Sarang runtuh diterjang banjir",
    "b": "Bantuan tunai bupati lima juta lewat tautan WhatsApp",
    "v": "Vaksin polio membuat anak di Lembah Sarang lumpuh",
    "t": "Tarif parkir pasar naik sepuluh kali lipat",
    "k": "Kepala desa menjual tanah wakaf kepada orang asing",
}
POSTS = {
    "j": "innalillahi, jembatan di sarang barusan roboh kena banjir bandang!!",
    "b": "pak bupati bagi2 uang 5 juta, klik link WA ini buruan daftar",
    "v": "jangan mau anaknya disuntik polio, di lembah sarang sudah ada yang lumpuh",
}


def match_all(assessor: Assessor, claims: dict[str, str], limit: int = 10) -> list[list[Match]]:
    entries = [LibraryEntry(id_, title) for id_, title in claims.items()]
    matcher = assessor.library(entries, SilentProgress())
    texts = list(POSTS.values())
    return matcher.match(texts, assessor.matching_encoder.encode(texts), limit)


def test_each_post_finds_its_own_claim_first(assessor: Assessor) -> None:
    assert [found[0].fact_check_id for found in match_all(assessor, CLAIMS)] == list(POSTS)


def test_as_many_come_back_as_asked_or_as_there_are(assessor: Assessor) -> None:
    assert {len(found) for found in match_all(assessor, CLAIMS)} == {len(CLAIMS)}
    assert {len(found) for found in match_all(assessor, CLAIMS, limit=2)} == {2}
    assert match_all(assessor, {}) == [[], [], []]


def test_scores_are_shares_and_fall(assessor: Assessor) -> None:
    for found in match_all(assessor, CLAIMS):
        scores = [match.score for match in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_no_more_than_one_claim_is_probable(assessor: Assessor) -> None:
    for found in match_all(assessor, CLAIMS):
        assert sum(match.score > 0.5 for match in found) <= 1


def test_a_second_telling_shares_the_probability(assessor: Assessor) -> None:
    (alone, *_) = match_all(assessor, CLAIMS)
    (shared, *_) = match_all(assessor, {**CLAIMS, "j2": CLAIMS["j"]})
    assert shared[0].score < alone[0].score
    assert {match.fact_check_id for match in shared[:2]} == {"j", "j2"}


def test_duplicate_ids_and_empty_titles_do_not_count_twice(assessor: Assessor) -> None:
    entries = [LibraryEntry("1", "Beras plastik"), LibraryEntry("1", "Beras plastik dijual")]
    matcher = assessor.library([*entries, LibraryEntry("2", "  ")], SilentProgress())
    assert [entry.title for entry in matcher.library.entries] == ["Beras plastik dijual"]


def test_a_post_without_words_still_gets_an_order(assessor: Assessor) -> None:
    matcher = assessor.library(
        [LibraryEntry(id_, title) for id_, title in CLAIMS.items()], SilentProgress()
    )
    texts = ["", "😀😀", "\x00"]
    found = matcher.match(texts, assessor.matching_encoder.encode(texts), 10)
    assert [len(matches) for matches in found] == [5, 5, 5]
    assert not any(match.strong for matches in found for match in matches)


@pytest.mark.parametrize("n_entries", [1, 2, 60])
def test_small_and_larger_libraries_give_finite_scores(assessor: Assessor, n_entries: int) -> None:
    vectors = np.tile(assessor.matching_encoder.encode(["satu"]), (n_entries, 1))
    library = Library([LibraryEntry(str(i), "satu") for i in range(n_entries)], vectors)
    matcher = type(assessor.library([], SilentProgress()))(library, assessor.scorer)
    (found,) = matcher.match(["satu"], vectors[:1], 10)
    assert all(np.isfinite(match.score) for match in found)


def test_shared_terms_leave_out_what_every_text_has() -> None:
    words = frozenset("jembatan yang di sarang itu runtuh".split())
    terms = shared_terms(words, "Jembatan Sarang yang runtuh")
    assert terms == ("jembatan", "sarang", "runtuh")
