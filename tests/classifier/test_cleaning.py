"""Cleaning removes what tells a scraper from a fact-checker, and keeps what was said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.cleaning import READ_CHARACTERS, clean_text, readable, words_of


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Dana cair! https://contoh.example/daftar?x=1", "dana cair!"),
        ("Daftar di bantuan-desa[dot]com/klaim sekarang", "daftar di sekarang"),
        ("@warga_sarang [USERNAME] apa kabar", "apa kabar"),
        ("NARASI: Jembatan Sarang runtuh", "jembatan sarang runtuh"),
        ("“Jembatan” Sarang’s – runtuh…", "jembatan sarangs runtuh"),
        ("𝗝𝗲𝗺𝗯𝗮𝘁𝗮𝗻 𝗿𝘂𝗻𝘁𝘂𝗵", "jembatan runtuh"),
        ("Gempaaaaa!!!! :scream: 😱😱", "gempaa!"),
        ("harga Rp 20.000 , naik 5 %", "harga rp 20.000, naik 5%"),
        ("", ""),
        ("😀😀😀", ""),
    ],
)
def test_artefacts_go_and_words_stay(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


def test_a_very_long_text_is_cut() -> None:
    assert len(clean_text("kata " * 100_000)) <= READ_CHARACTERS


def test_zero_width_and_control_characters_vanish() -> None:
    assert clean_text("ban\u200btuan\x00 so\u2060sial\x07") == "bantuan sosial"


@given(st.text(max_size=400))
def test_cleaning_twice_changes_nothing_that_is_read(raw: str) -> None:
    once = clean_text(raw)
    assert words_of(clean_text(once)) == words_of(once) or "." in once or ":" in once
    assert "\n" not in once
    assert "\u200b" not in readable(raw)


@pytest.mark.parametrize(
    "piece", ["]", " .", "\n", ".narasi (", "a.", "a.co.co", "quotes\"'", "-/:_"]
)
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    started = time.process_time()
    clean_text(piece * (5_000 // len(piece)))
    assert time.process_time() - started < 2


def test_a_label_goes_only_where_it_opens_a_sentence() -> None:
    assert clean_text("*Narasi: awas. ] ( Sumber (akun): lihat") == "awas. lihat"
    assert clean_text("Menurut sumber: aman") == "menurut sumber aman"
    assert clean_text("Narasi: Judul: awas") == "judul awas"
