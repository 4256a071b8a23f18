"""Typed texts are made one bounded line, masked and without tricks."""

import time

from hypothesis import given
from hypothesis import strategies as st

from review_ui.summaries.plain_text import shorten, tidy


def test_direction_marks_and_control_characters_go() -> None:
    assert tidy("\u202egnukgnab\u2069\u0000 aman\u200b\n\tsekali", 80) == "gnukgnab aman sekali"


def test_personal_data_is_masked_before_anything_is_cut() -> None:
    text = tidy("Hubungi 0812-3456-7890 atau @joni_tepian, NIK 6499010101990001", 200)
    assert "3456" not in text
    assert "joni_tepian" not in text
    assert "64990101" not in text


def test_a_long_text_ends_with_its_last_whole_sentence() -> None:
    assert shorten("Satu dua tiga empat. Lima enam tujuh delapan.", 30) == "Satu dua tiga empat. …"
    assert shorten("satu dua tiga empat lima", 15) == "satu dua tiga…"
    assert shorten("x" * 50, 10) == "x" * 8 + "…"


def test_a_text_of_ten_million_characters_costs_no_time() -> None:
    started = time.perf_counter()
    assert len(tidy("kabar " * 2_000_000, 240)) <= 240
    assert time.perf_counter() - started < 0.5


@given(st.text(), st.integers(min_value=10, max_value=300))
def test_nothing_that_is_typed_breaks_the_bounds(text: str, limit: int) -> None:
    tidied = tidy(text, limit)
    assert len(tidied) <= limit
    assert "\n" not in tidied
