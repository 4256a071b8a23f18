"""When something was published, in the many ways Indonesian outlets write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

WESTERN = ZoneInfo("Asia/Jakarta")

_ZONES = {
    "WIB": timezone(timedelta(hours=7)),
    "WITA": timezone(timedelta(hours=8)),
    "WIT": timezone(timedelta(hours=9)),
    "UTC": UTC,
    "GMT": UTC,
    "Z": UTC,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february pebruari feb peb", "maret march mar",
            "april apr", "mei may", "juni june jun", "juli july jul",
            "agustus august agu agt ags aug agus", "september sept sep", "oktober october okt oct",
            "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = (
    r"(?:senin|selasa|rabu|kamis|jum'?[’`]?at|sabtu|minggu|ahad"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = (
    r"(?:\D{0,12}?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>WITA|WIB|WIT|GMT|UTC)?\b"
    r"(?:\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?))?)?"
)
_NAMED = re.compile(
    rf"(?:(?P<weekday>\b{_WEEKDAY})\s*[,.]?\s*)?\b(?P<day>[0-3]?\d)[\s./-]{{1,3}}"
    rf"(?P<month>{_MONTH})\b\.?,?[\s./-]{{0,3}}(?P<year>(?:19|20)\d\d){_TIME}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?:(?P<weekday>\b{_WEEKDAY})\s*[,.]?\s*)?\b(?P<month>{_MONTH})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+"
    rf"(?P<year>(?:19|20)\d\d){_TIME}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?:(?P<weekday>\b{_WEEKDAY})\s*[,.]?\s*)?(?<![\d/])(?P<day>[0-3]?\d)(?P<mark>[/.-])(?P<month>[01]?\d)"
    rf"(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d){_TIME}",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/])(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)"
    r"(?:\s*T\s*|\s+)?(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z\b|UTC|GMT|WITA|WIB|WIT)?(?P<offset>[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(
    rf"(?:(?P<weekday>\b{_WEEKDAY})\s*[,.]?\s*)?(?<![\d/.-])(?P<day>[0-3]?\d)(?P<mark>[/.-])(?P<month>[01]?\d)"
    rf"(?P=mark)(?P<year>\d\d)(?=[\s,|-]+[012]?\d[:.][0-5]\d){_TIME}",
    re.IGNORECASE,
)  # two digits are a year only where a clock follows
_PATTERNS = (_ISO, _NAMED, _NUMERIC, _MONTH_FIRST, _SHORT_YEAR)
_CLOCK_BEFORE = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?"
    r"\s*(?P<zone>WITA|WIB|WIT|GMT|UTC)?[\s,|/–—-]*$",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\s*(?P<seconds>[12]\d{9})(?:\d{3})?\s*")
_YEAR = re.compile(r"(?:19|20)\d\d|\d[/.-]\d\d\b")
_LONGEST = 300


class WrittenDate:
    """A date as it was written: when, and how much of it was said."""

    __slots__ = ("has_time", "has_weekday", "has_zone", "length", "moment", "raw")

    def __init__(
        self, raw: str, moment: datetime, groups: Mapping[str, str | None], length: int = 0
    ) -> None:
        self.raw = raw
        self.length = length
        """Characters of the date itself; the rest of `raw` says other things."""
        self.moment = moment
        """Aware, in the zone it was written in."""
        self.has_time = groups.get("hour") is not None
        self.has_zone = bool(groups.get("zone") or groups.get("offset"))
        self.has_weekday = bool(groups.get("weekday"))


def parse_date(text: str, zone: tzinfo = WESTERN) -> WrittenDate | None:
    """The first date in a text.

    Args:
        zone: what is meant where the text names no zone.
    """
    text = " ".join(text[:_LONGEST].split())
    if not _YEAR.search(text):
        return None
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            parts = _with_clock(found, text)
            moment = _moment(parts, zone)
            if moment is not None:
                return WrittenDate(text, moment, parts, len(found.group()))
    return _mail_date(text)


def parse_told_date(text: str, zone: tzinfo = WESTERN) -> WrittenDate | None:
    """A date that a page tells machines, who may also be told seconds since 1970."""
    counted = _EPOCH.fullmatch(text)
    if not counted:
        return parse_date(text, zone)
    moment = datetime.fromtimestamp(int(counted["seconds"]), UTC).astimezone(zone)
    return WrittenDate(text, moment, {"hour": "0", "offset": "+0000"})


def may_hold_date(text: str) -> bool:
    """Whether it is worth a closer look."""
    return bool(_YEAR.search(text))


def _with_clock(found: re.Match[str], text: str) -> dict[str, str | None]:
    """The parts of a date; a clock right before it counts where none follows it."""
    parts = found.groupdict()
    clock = None if parts.get("hour") else _CLOCK_BEFORE.search(text[: found.start()])
    return parts | clock.groupdict() if clock else parts


def _moment(part: Mapping[str, str | None], zone: tzinfo) -> datetime | None:
    month = part["month"] or ""
    year = int(part["year"] or 0)
    try:
        return datetime(
            year if year > 99 else 2000 + year,
            int(month) if month.isdigit() else _MONTHS[month.lower()],
            int(part["day"] or 0),
            _hour(part.get("hour"), part.get("half")),
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
            tzinfo=_zone(part.get("zone"), part.get("offset"), zone),
        )
    except ValueError:
        return None


def _hour(hour: str | None, half: str | None) -> int:
    number = int(hour or 0)
    if half and number <= 12:
        return number % 12 + (12 if half.lower().startswith("p") else 0)
    return number


def _zone(name: str | None, offset: str | None, default: tzinfo) -> tzinfo:
    if offset:
        digits = re.sub(r"\D", "", offset)
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        sign = -1 if offset.startswith("-") else 1
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    return _ZONES[name.upper()] if name else default


def _mail_date(text: str) -> WrittenDate | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return WrittenDate(text, aware, {"hour": "0", "offset": "+0000"}, len(text))
