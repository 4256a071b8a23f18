"""Numbers, shares, lists and times as an Indonesian reads them aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
SHORT_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def number(value: int) -> str:
    """`1.234`."""
    return f"{value:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """`34 dari 96 (35%)`: never a percentage without its base, none where the base is tiny."""
    counted = f"{number(part)} dari {number(whole)}"
    return f"{counted} ({round(100 * part / whole)}%)" if whole >= 20 else counted


def change(now: int, before: int) -> str:
    """`+13`, `−4` or `tetap`."""
    if now == before:
        return "tetap"
    return f"{'+' if now > before else '−'}{number(abs(now - before))}"


def listed(items: Sequence[str], *, limit: int = 6) -> str:
    """`a, b, dan c`; what goes beyond the limit is counted."""
    shown = list(items[:limit])
    if len(items) > limit:
        shown.append(f"{number(len(items) - limit)} lainnya")
    if len(shown) <= 2:
        return " dan ".join(shown)
    return f"{', '.join(shown[:-1])}, dan {shown[-1]}"


def hours(value: float) -> str:
    """`9 jam`, or days from two days on."""
    if value < 1:
        return "kurang dari 1 jam"
    if value < 48:
        return f"{round(value)} jam"
    return f"{round(value / 24)} hari"


def long_date(day: date) -> str:
    """`16 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_date(day: date) -> str:
    """`Senin, 16 November 2026`."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def day_and_time(moment: datetime, timezone: str) -> str:
    """`Senin, 16 November 2026 pukul 11.30 WITA`."""
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{day_and_date(local.date())} pukul {local:%H.%M %Z}"


def span(first: date, last: date) -> str:
    """`16–22 November 2026`, naming month and year twice only where they differ."""
    if first.year != last.year:
        return f"{long_date(first)} – {long_date(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {long_date(last)}"
    return f"{first.day}–{long_date(last)}"
