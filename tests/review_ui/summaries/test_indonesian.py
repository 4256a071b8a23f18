"""Figures as they are read aloud."""

from datetime import UTC, date, datetime

import pytest

from review_ui.summaries.indonesian import change, day_and_time, hours, listed, number, share, span


def test_a_percentage_never_stands_without_its_base() -> None:
    assert share(34, 96) == "34 dari 96 (35%)"
    assert share(1234, 5000) == "1.234 dari 5.000 (25%)"


def test_a_tiny_base_gets_no_percentage() -> None:
    assert share(1, 3) == "1 dari 3"
    assert share(0, 0) == "0 dari 0"


@pytest.mark.parametrize(
    ("now", "before", "words"), [(5, 5, "tetap"), (18, 5, "+13"), (0, 1200, "−1.200")]
)
def test_a_change_carries_its_sign(now: int, before: int, words: str) -> None:
    assert change(now, before) == words


def test_lists_are_joined_and_bounded() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a dan b"
    assert listed(["a", "b", "c"]) == "a, b, dan c"
    assert listed(list("abcdef"), limit=2) == "a, b, dan 4 lainnya"


@pytest.mark.parametrize(
    ("value", "words"), [(0.2, "kurang dari 1 jam"), (9.4, "9 jam"), (47, "47 jam"), (72, "3 hari")]
)
def test_spans_of_time_are_rounded_for_the_ear(value: float, words: str) -> None:
    assert hours(value) == words


def test_times_are_the_offices_own() -> None:
    moment = datetime(2026, 11, 15, 17, 5, tzinfo=UTC)
    assert day_and_time(moment, "Asia/Makassar") == "Senin, 16 November 2026 pukul 01.05 WITA"
    assert day_and_time(moment, "Asia/Jakarta") == "Senin, 16 November 2026 pukul 00.05 WIB"


def test_a_span_of_days_names_month_and_year_only_as_often_as_needed() -> None:
    assert span(date(2026, 11, 9), date(2026, 11, 15)) == "9–15 November 2026"
    assert span(date(2026, 11, 30), date(2026, 12, 6)) == "30 November – 6 Desember 2026"
    assert span(date(2026, 12, 28), date(2027, 1, 3)) == "28 Desember 2026 – 3 Januari 2027"


def test_thousands_are_parted_by_points() -> None:
    assert number(1234567) == "1.234.567"
