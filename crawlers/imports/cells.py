"""What people and spreadsheets write into cells: moments and counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from crawlers.extraction.dates import parse_date

_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d{1,12})?")
_SERIAL_BEGINS = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of spreadsheets, which count days; 20000 to 79999 are the years 1954 to 2118."""
_FULL_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(
    r"^(\D*\d{1,2}[\s/.-]{1,3}(?:[^\W\d]+\.?|\d{1,2})[\s/.'’-]{1,3})(\d\d)(?=$|[\s,T])"
)
_COUNT = re.compile(r"(?P<digits>\d[\d.,\s]*)(?P<unit>rb|ribu|k|jt|juta|m|mn)?\.?", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*")
_UNITS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 10**6, "juta": 10**6, "m": 10**6,
          "mn": 10**6}  # fmt: skip
_LARGEST = 10**12


def read_moment(raw: str, zone: tzinfo) -> datetime | None:
    """Seconds since 1970, a spreadsheet's day number, or a date with a long or a short year.

    Args:
        zone: what is meant where the cell names no zone.
    """
    raw = raw.strip()
    if raw.isdecimal() and len(raw) in {10, 13}:
        return datetime.fromtimestamp(int(raw[:10]), UTC)
    if _SERIAL.fullmatch(raw):
        seconds = round(float(raw.replace(",", ".")) * 86_400)
        return (_SERIAL_BEGINS + timedelta(seconds=seconds)).replace(tzinfo=zone)
    if not _FULL_YEAR.search(raw):
        raw = _SHORT_YEAR.sub(r"\g<1>20\g<2>", raw)
    written = parse_date(raw, zone) if raw else None
    return written.moment if written else None


def read_count(raw: str) -> int | None:
    """`1234`, `1.234`, `12,0`, `1,2 rb`, `3.4K`; None for what no platform can count to."""
    found = _COUNT.fullmatch(raw.strip())
    if not found:
        return None
    digits = found["digits"].strip()
    unit = _UNITS.get((found["unit"] or "").lower(), 1)
    if digits.isdecimal() or (unit == 1 and _THOUSANDS.fullmatch(digits)):
        number = float(re.sub(r"\D", "", digits))
    else:
        number = _decimal(digits)
    count = round(number * unit, 3)
    return int(count) if 0 <= count < _LARGEST else None


def _decimal(digits: str) -> float:
    """A comma or a dot parts the decimals; the other one, thousands before it. -1: unreadable."""
    whole, mark, rest = (digits.rpartition(",") if digits.rfind(",") > digits.rfind(".")
                         else digits.rpartition("."))  # fmt: skip
    grouped = not whole or whole.isdecimal() or bool(_THOUSANDS.fullmatch(whole))
    if not mark or not grouped or not rest.isdecimal():
        return -1.0
    return float(re.sub(r"\D", "", whole) + "." + rest)
