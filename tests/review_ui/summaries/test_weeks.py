"""Weeks are the office's own, from Monday to Sunday."""

from datetime import UTC, date, datetime

import pytest

from indices.errors import BadInputError
from review_ui.summaries.weeks import Week, parse_week, week_at

MAKASSAR = "Asia/Makassar"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_a_week_begins_on_monday_at_midnight_in_the_office() -> None:
    week = parse_week("2026-W47", MAKASSAR, NOW)
    assert week.starts_at == datetime(2026, 11, 15, 16, 0, tzinfo=UTC)
    assert week.ends_at == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert week.days[0] == date(2026, 11, 16)
    assert week.days[-1] == date(2026, 11, 22)


def test_the_same_moment_lies_in_another_week_further_east() -> None:
    late_on_sunday = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    assert week_at(late_on_sunday, "Asia/Jakarta").name == "2026-W47"
    assert week_at(late_on_sunday, "Asia/Jayapura").name == "2026-W48"


def test_this_and_last_are_understood() -> None:
    assert parse_week("this", MAKASSAR, NOW).name == "2026-W47"
    assert parse_week("last", MAKASSAR, NOW).name == "2026-W46"


def test_the_week_before_the_first_of_a_year_is_the_last_of_the_year_before() -> None:
    assert Week(2027, 1, MAKASSAR).before.name == "2026-W53"
    assert Week(2026, 53, MAKASSAR).days[-1] == date(2027, 1, 3)


def test_a_week_with_a_clock_change_is_not_cut_short() -> None:
    week = Week(2026, 44, "Europe/Amsterdam")
    assert (week.ends_at - week.starts_at).total_seconds() == 7 * 86400
    assert (week.before.ends_at - week.before.starts_at).total_seconds() == 7 * 86400 + 3600


@pytest.mark.parametrize(
    "text",
    ["", "2026-47", "2026-W5", "2026-W54", "2025-W53", "W47", "9999-W52", "2026-W47x", "٢٠٢٦-W٤٧"],
)
def test_what_is_no_week_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(BadInputError, match="write it like 2026-W47"):
        parse_week(text, MAKASSAR, NOW)


def test_a_week_that_has_not_begun_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"has not begun; the current one is 2026-W47"):
        parse_week("2026-W48", MAKASSAR, NOW)
