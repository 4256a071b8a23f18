"""Neighbouring languages are told apart, mixtures stay one text, and doubt is said."""

from __future__ import annotations

import pytest

from benchmarks.languages.__main__ import read_sentences
from indices.languages.guessing import guess_language


@pytest.mark.parametrize("language", ["id", "ms", "jv", "su", "bjn", "bug", "en", "mixed"])
def test_most_sentences_of_a_language_are_told_and_few_are_taken_for_another(
    language: str,
) -> None:
    told = [guess_language(text).code for code, text in read_sentences() if code == language]
    assert told.count(language) >= 0.7 * len(told)
    assert sum(code not in {language, "unsure", "mixed"} for code in told) <= 1


@pytest.mark.parametrize("text", ["", "😀", "wkwkwk", "Budi Santoso", "0812 0000 1111", "@a #b"])
def test_what_is_too_short_is_unsure_and_says_so(text: str) -> None:
    guessed = guess_language(text)
    assert guessed.code == "unsure"
    assert "terlalu pendek" in guessed.why


def test_a_mixture_names_both_languages_and_what_speaks_for_them() -> None:
    guessed = guess_language(
        "Menurut saya kabar itu tidak benar karena tidak jelas, ulun kada parcaya wan sidin"
    )
    assert guessed.code == "mixed"
    assert "Indonesia (" in guessed.why
    assert "Banjar (" in guessed.why
    assert list(guessed.shares)[:2] == ["id", "bjn"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Yang mau ikut tolong catat, hadiahnya motor baru, desa kita is the best",
            "id",
        ),
        ("wes suwe ra metu omah, jarene udan terus", "jv"),
        ("sarua teuing naha ges beak deui", "su"),
    ],
)
def test_everyday_words_are_told_and_a_slogan_does_not_make_a_post_english(
    text: str, code: str
) -> None:
    assert guess_language(text).code == code


def test_links_and_accounts_are_no_words_of_a_language() -> None:
    text = (
        "Warga diminta tidak percaya dan tidak menyebarkan https://the.and.is/of?for=you @theoffice"
    )
    assert guess_language(text).code == "id"


def test_the_sources_hint_tells_indonesian_from_malay_only() -> None:
    near = "awak dan korang tidak macam itu, polis yang dah tunggu di sini untuk ini"
    assert guess_language(near, hint="ms").code == "ms"
    assert guess_language("Ulun kada tahu matan mana kabar nitu", hint="id").code == "bjn"
