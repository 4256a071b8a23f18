"""Letters find titles, rare ones first."""

from __future__ import annotations

import numpy as np

from classifier.lexical import LexicalIndex, letter_grams, word_stems

TITLES = [
    "Jembatan Sarang runtuh diterjang banjir",
    "Bantuan tunai bupati lewat tautan WhatsApp",
    "Bantuan beras untuk korban banjir",
    "",
]


def test_a_post_that_repeats_a_title_scores_it_highest() -> None:
    scores = LexicalIndex(TITLES).score(["katanya jembatan sarang sudah runtuh tadi malam"])
    assert scores.shape == (1, 4)
    assert int(scores[0].argmax()) == 0


def test_coverage_is_one_for_the_title_itself_and_never_more() -> None:
    index = LexicalIndex(TITLES)
    coverage = index.coverage(index.score([TITLES[1]]))
    assert coverage[0, 1] == np.float32(1.0)
    assert coverage.max() <= 1.0


def test_texts_without_letters_score_nothing() -> None:
    assert LexicalIndex(TITLES).score(["", "😀", "!!"]).sum() == 0


def test_an_empty_library_gives_empty_scores() -> None:
    assert LexicalIndex([]).score(["apa saja"]).shape == (1, 0)


def test_grams_cross_word_borders_but_not_marks() -> None:
    assert "a ku" in letter_grams("apa, kumpul")


def test_stems_find_a_word_in_another_form() -> None:
    scores = LexicalIndex(TITLES, word_stems).score(["dibantu bupati"])
    assert int(scores[0].argmax()) == 1
    assert scores[0, 2] > 0


def test_words_that_no_title_has_are_the_rarest() -> None:
    index = LexicalIndex(TITLES, word_stems)
    assert index.rarity("gempa") > index.rarity("jembatan") > index.rarity("bantuan") > 0
