"""ISO weeks as the office lives them: Monday to Sunday in its own time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from indices.errors import BadInputError

_FORM = re.compile(r"([0-9]{4})-W([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week; sorts by time."""

    year: int
    number: int
    timezone: str

    @property
    def name(self) -> str:
        """`2026-W47`."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        monday = date.fromisocalendar(self.year, self.number, 1)
        return tuple(monday + timedelta(days=offset) for offset in range(7))

    @property
    def starts_at(self) -> datetime:
        """Monday 00:00 in the office, as UTC; inclusive."""
        return self._midnight(self.days[0])

    @property
    def ends_at(self) -> datetime:
        """The next Monday 00:00, as UTC; exclusive."""
        return self._midnight(self.days[6] + timedelta(days=1))

    @property
    def before(self) -> Week:
        """The week before."""
        return _week_of(self.days[0] - timedelta(days=7), self.timezone)

    def day_of(self, moment: datetime) -> date:
        """The office's day at that moment."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.timezone)).astimezone(UTC)


def week_at(moment: datetime, timezone: str) -> Week:
    """The week that holds a moment."""
    return _week_of(moment.astimezone(ZoneInfo(timezone)).date(), timezone)


def parse_week(text: str, timezone: str, now: datetime) -> Week:
    """The week that a person named.

    Args:
        text: `2026-W47`, `this` for the one that holds `now`, or `last` for the one before it.

    Raises:
        BadInputError: no such week, or one that has not begun.
    """
    current = week_at(now, timezone)
    if text in {"this", "last"}:
        return current if text == "this" else current.before
    week = _named_week(text, timezone)
    if week > current:
        raise BadInputError(f"week {text} has not begun; the current one is {current.name}")
    return week


def _named_week(text: str, timezone: str) -> Week:
    found = _FORM.fullmatch(text.strip())
    try:
        if found and 2000 <= int(found[1]) <= 9998:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return _week_of(monday, timezone)
    except ValueError:
        pass  # the year has no such week
    raise BadInputError(f"{text!r} is no week; write it like 2026-W47, or say this or last")


def _week_of(day: date, timezone: str) -> Week:
    year, number, _ = day.isocalendar()
    return Week(year, number, timezone)
