"""Terms: what people write differently is the same, and nothing they write breaks the analysis."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices import text
from indices.text import MAX_CHARACTERS, MAX_QUERY_TERMS, query_terms, terms, words_by_term
from indices.words import SLANG, STOP_WORDS


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Jembatan", "JEMBATAN"),
        ("memperbaiki", "perbaikan"),
        ("membantah", "bantahan"),
        ("yg tdk bs", "yang tidak bisa"),
        ("gak nggak ga", "tidak"),
        ("anak-anak", "anak"),
        ("anak2nya", "anak"),
        ("berlari-lari", "lari"),
        ("rumahnya rumahku rumahmu", "rumah"),
        ("hoax", "hoaks"),
        ("bangeeeet", "sekali"),
        ("Rp50.000", "rupiah 50000"),
        ("1.500.000", "1500000"),
        ("covid-19", "COVID19"),
        ("𝓑𝓪𝓷𝓳𝓲𝓻", "banjir"),
        ("ho\u200bax", "hoaks"),
        ("b\u0336anjir", "banjir"),
        ("Ｖａｋｓｉｎ", "vaksin"),
        ("#banjir", "banjir"),
        ("banjir\x00besar", "banjir besar"),
        ("banjir&besar_sekali", "banjir besar sekali"),
    ],
)
def test_different_spellings_give_the_same_terms(written: str, same: str) -> None:
    assert terms(written) == terms(same) != []


@pytest.mark.parametrize(
    "unspoken",
    ["https://kabar.example/banjir?x=1", "www.kabar.example", "@warga.lembah", "a.b@kabar.example"],
)
def test_links_and_names_are_no_words(unspoken: str) -> None:
    assert terms(f"banjir {unspoken} besar") == terms("banjir besar")


def test_a_word_after_a_thousand_marks_is_not_swallowed() -> None:
    assert terms("pada 2.000 warga dan 3,5 ton") == [
        *terms("pada"),
        "2000",
        *terms("warga dan"),
        "3",
        "5",
        "ton",
    ]


@pytest.mark.parametrize(
    "empty", ["", " \n\t", "?!…", "\x00\x01", "\ud800", "👍🏽", "@", "http://"]
)
def test_no_words_give_no_terms(empty: str) -> None:
    assert [term for term in terms(empty) if term != "http"] == []


def test_a_query_keeps_its_telling_words_once_and_in_order() -> None:
    assert query_terms("vaksin yang di vaksin itu gratis") == ["vaksin", "gratis"]
    assert query_terms("tidak") == ["tidak"]


def test_a_query_of_stop_words_only_looks_for_them() -> None:
    assert query_terms("yang itu") == terms("yang itu")


def test_a_pasted_message_is_cut() -> None:
    assert len(
        query_terms(" ".join(f"kata{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500)))
    ) == (MAX_QUERY_TERMS)


def test_the_tables_of_words_are_clean() -> None:
    assert not set(SLANG) & set(SLANG.values()), (
        "a word cannot stand for itself or be replaced twice"
    )
    assert not {word for word in STOP_WORDS if word in SLANG}
    assert "tidak" not in STOP_WORDS


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_clean_terms_and_the_same_ones_again(text: str) -> None:
    found = terms(text)

    assert found == terms(text)
    assert all(re.fullmatch(r"[^\W_]+", term) for term in found)
    assert not any(one == next_one for one, next_one in pairwise(found))
    assert set(query_terms(text)) <= set(found)
    assert set(words_by_term(text)) == set(found)


def test_people_read_the_word_that_stands_for_a_term() -> None:
    words = words_by_term("PEMENANG undian: pemenangnya menang Rp50.000 yg lalu")
    assert [words[term] for term in terms("undian pemenang Rp50.000 yang")] == [
        "undian",
        "pemenang",
        "rp",
        "50000",
        "yg",
    ]


@settings(deadline=None)
@given(st.text(st.characters(categories=["Cc", "Cf", "Mn", "Cs", "Nd", "No", "Ll"]), max_size=300))
def test_odd_characters_hide_no_word_beside_them(text: str) -> None:
    found = terms(f"banjir {text} jembatan")

    assert (found[0], found[-1]) == ("banjir", *terms("jembatan"))


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 1_000_000,
        "a." * 500_000,
        "a@" * 500_000,
        "@" * 1_000_000,
        "\x00\x07" * 500_000,
        "\ufdfa" * 1_000_000,
        "e\u0301" * 500_000,
        "1.000" * 200_000,
        "www." * 250_000,
        "&amp;" * 200_000,
        "Ã©" * 500_000,
    ],
    ids=lambda text: ascii(text[:5]),
)
def test_enormous_texts_are_read_in_bounded_time(hostile: str) -> None:
    start = time.process_time()

    found = terms(hostile)

    assert time.process_time() - start < 2
    assert len(found) <= MAX_CHARACTERS


def test_another_process_finds_the_same_terms() -> None:
    text = "Warga membantah kabar yg beredar: jembatan2 di Sarang gak roboh, Rp50.000!"
    code = f"from indices.text import terms; print(' '.join(terms({text!r})))"

    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert printed.stdout.split() == terms(text)


def test_numbers_do_not_fill_the_memory() -> None:
    terms("air keruh 7")
    before = text._stems_of.cache_info().currsize
    assert terms("air keruh 123456 234567 345678") == ["air", "keruh", "123456", "234567", "345678"]
    assert text._stems_of.cache_info().currsize == before
