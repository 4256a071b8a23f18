"""Times that can be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_BEFORE_THE_WEB = datetime(1994, 1, 1, tzinfo=UTC)
_WRONG_CLOCK = timedelta(days=1)


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """The time in UTC, or None when it is older than the web or later than tomorrow."""
    if moment is None:
        return None
    try:
        told = moment.astimezone(UTC)
    except OverflowError:
        return None
    return told if _BEFORE_THE_WEB <= told <= now + _WRONG_CLOCK else None
