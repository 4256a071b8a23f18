"""Lines of a WhatsApp chat export: where a message begins, and in which order its date stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

_MARKS = "\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
_START = re.compile(
    rf"^[{_MARKS}]*(?P<open>\[)?(?P<a>\d{{1,4}})[/.\-](?P<b>\d{{1,2}})[/.\-](?P<c>\d{{2,4}}),?\s+"
    r"(?:pukul\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?"
    r"(?:\s?(?P<half>[ap]\.?\s?m\.?|pagi|siang|sore|malam))?(?(open)\]\s?|\s+[-\u2013]\s)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ChatLine:
    """The first line of a message."""

    numbers: tuple[int, int, int]
    """The date, in whatever order it stands."""
    clock: tuple[int, int, int]
    half: str
    raw_time: str
    rest: str


def parse_line(line: str) -> ChatLine | None:
    """None for a line that goes on with the message before."""
    found = _START.match(line)
    if not found:
        return None
    numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
    clock = (int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    half = re.sub(r"[\s.]", "", found["half"] or "").lower()
    raw = re.sub(rf"[{_MARKS}]", "", line[: found.start("rest")]).strip(" -\u2013[]")
    return ChatLine(numbers, clock, half, raw, found["rest"])


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Which number of a date comes first."""

    first: str
    """`day`, `month` or `year`."""
    is_sure: bool
    reason: str


class OrderFinder:
    """Reads all dates of a chat, then says their order."""

    def __init__(self) -> None:
        self._largest = [0, 0, 0]
        self._backwards = {"day": 0, "month": 0}
        self._last = {"day": (0, 0, 0), "month": (0, 0, 0)}
        self._half = False

    def read(self, line: ChatLine) -> None:
        """One more message: chats are in order of time, so a wrong reading jumps back."""
        a, b, c = line.numbers
        self._largest = [max(*pair) for pair in zip(self._largest, line.numbers, strict=True)]
        self._half = self._half or line.half in {"am", "pm"}
        for name, key in (("day", (c, b, a)), ("month", (c, a, b))):
            self._backwards[name] += key < self._last[name]
            self._last[name] = key

    def decide(self) -> DateOrder:
        """Sure where a number above 12 or the order of messages leaves no other reading."""
        if self._largest[0] > 31:
            return DateOrder("year", True, "the year comes first")
        day, month = self._largest[0] > 12, self._largest[1] > 12
        if day != month:
            return DateOrder("day" if day else "month", True, "a number is above 12")
        if not day and self._backwards["day"] != self._backwards["month"]:
            first = min(self._backwards, key=lambda name: self._backwards[name])
            return DateOrder(first, True, "only so are messages in order")
        if day and month:
            return DateOrder("day", False, "dates are not written alike")
        return DateOrder("day", False, "no number is above 12")


def find_order(lines: Iterable[ChatLine]) -> DateOrder:
    """The order of the dates of one chat."""
    finder = OrderFinder()
    for line in lines:
        finder.read(line)
    return finder.decide()


def moment_of(line: ChatLine, first: str, zone: tzinfo) -> datetime | None:
    """When the message was sent; None for a date that there is not."""
    a, b, c = line.numbers
    year, month, day = {"day": (c, b, a), "month": (c, a, b), "year": (a, b, c)}[first]
    hour, minute, second = line.clock
    try:
        return datetime(
            year + 2000 if year < 100 else year,
            month,
            day,
            _hour(hour, line.half),
            minute,
            second,
            tzinfo=zone,
        )
    except ValueError:
        return None


def _hour(hour: int, half: str) -> int:
    if half in {"am", "pagi"}:
        return hour % 12
    if half in {"pm", "sore"} or (half == "siang" and hour < 6):
        return hour % 12 + 12
    if half == "malam":
        return 0 if hour == 12 else hour % 12 + 12
    return hour
