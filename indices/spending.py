"""What was spent of rationed and paid interfaces: kept as crawl states that no source has."""

from __future__ import annotations

from indices.documents import CrawlState
from indices.errors import BadInputError

RATION_MARK = "ration:"
_MOST_DIGITS = 18


def is_ration(name: str) -> bool:
    """It names what was spent, not what a source remembers: no source's id holds a colon."""
    return name.startswith(RATION_MARK)


def spent_in(state: CrawlState | None, period: str) -> int:
    """What was counted in a period, e.g. `2026-11` or `2026-11-26`; 0 where it is another's."""
    if state is None or state.values.get("period") != period:
        return 0
    return int(state.values.get("spent", "0"))


def joined(stored: CrawlState | None, given: CrawlState) -> CrawlState:
    """The larger count of the same period, else that of the later one: money stays spent.

    Raises:
        BadInputError: the given count is none.
    """
    spent, period = given.values.get("spent", ""), given.values.get("period", "")
    if not (spent.isascii() and spent.isdecimal() and len(spent) <= _MOST_DIGITS and period):
        raise BadInputError("CrawlState.values: expected a period and a whole number as spent")
    if stored is None:
        return given
    before = (stored.values.get("period", ""), int(stored.values.get("spent", "0")))
    return given if before < (period, int(spent)) else stored
