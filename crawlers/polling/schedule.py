"""When a source is due, and how that moves with what a crawl of it found."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from crawlers.dispositions import Disposition
from crawlers.polling.failures import Failure, FailureClass
from crawlers.recording.tally import LEFT_OVER, NOT_RELEVANT, TURNED_OVER
from indices.documents import CrawlRun
from indices.settings import CrawlSettings

PREFIX = "poll_"
"""Of the keys in `CrawlState.values` that are not the connector's."""
_FIRST_RATE = 2.0
_WANTED_ITEMS = 2.0
_MEMORY_HOURS = 24.0
_EARLY = timedelta(minutes=5)
_PATIENCE = timedelta(days=3)
_NEW = (Disposition.STORED, Disposition.STORED_LATER)
_UNFINISHED = (
    Disposition.REFUSED_TOO_MANY,
    Disposition.FAILED_NOT_REACHED,
    Disposition.FAILED_STORE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What is known of a source's pace; a source without one is due."""

    next_at: datetime | None = None
    rate: float = _FIRST_RATE
    """New items an hour, recent hours counting most."""
    read_at: datetime | None = None
    """When it was last read without an error."""
    strain: float = 0.0
    """Failures since then, each weighted by its class."""
    failing_since: datetime | None = None
    paused_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """A little early counts: cron comes to the minute, crawls end when they end."""
        if self.paused_at is not None:
            return False
        return self.next_at is None or self.next_at - _EARLY <= now

    def after(self, run: CrawlRun, failure: Failure | None, settings: CrawlSettings) -> Schedule:
        """The schedule after a run; its start counts, so that an hourly job stays hourly."""
        if failure is not None:
            return self._after_failure(run.started_at, failure, settings)
        rate = self._rate_after(run)
        minutes = _WANTED_ITEMS / rate * 60 if rate else math.inf
        minutes = min(max(minutes, settings.min_poll_minutes), settings.max_poll_minutes)
        if any(run.dispositions.get(name) for name in _UNFINISHED) or run.fields.get(LEFT_OVER):
            minutes = 0.0  # the rest is waiting
        next_at = run.started_at + timedelta(minutes=minutes)
        return Schedule(next_at=next_at, rate=rate, read_at=run.started_at)

    def _rate_after(self, run: CrawlRun) -> float:
        """What this run says counts by the time that it speaks for."""
        if self.read_at is None:
            return self.rate  # the first crawl finds what gathered before anybody looked
        hours = max((run.started_at - self.read_at).total_seconds() / 3600, 1 / 60)
        new = sum(run.dispositions.get(name, 0) for name in _NEW) + run.fields.get(NOT_RELEVANT, 0)
        weight = -math.expm1(-hours / _MEMORY_HOURS)
        rate = (1 - weight) * self.rate + weight * new / hours
        if not run.fields.get(TURNED_OVER):
            return rate
        # more was published than the feed can show, nobody knows how much: half the time at most
        return max(rate, 2 * run.found / hours, 2 * _WANTED_ITEMS / hours)

    def _after_failure(self, now: datetime, failure: Failure, settings: CrawlSettings) -> Schedule:
        strain = self.strain + failure.kind.value
        since = self.failing_since or now
        longest = settings.max_poll_minutes
        shortest = max(
            settings.min_poll_minutes, 0 if failure.kind is FailureClass.TEMPORARY else 60
        )
        minutes = min(shortest * (1 + strain), longest)
        wait = max(timedelta(minutes=minutes), timedelta(seconds=failure.wait_seconds))
        # an office whose own line is down for a day must not find everything paused
        lasting = strain >= settings.pause_after_failures and now - since >= _PATIENCE
        return replace(
            self,
            next_at=now + wait,
            strain=strain,
            failing_since=since,
            paused_at=self.paused_at or (now if lasting else None),
        )

    def resumed(self) -> Schedule:
        """Due at once, its failures forgiven."""
        return Schedule(rate=self.rate, read_at=self.read_at)

    def dump(self) -> dict[str, str]:
        """For `CrawlState.values`."""
        values: dict[str, datetime | float | None] = {
            "next_at": self.next_at,
            "rate": self.rate,
            "read_at": self.read_at,
            "strain": self.strain or None,
            "failing_since": self.failing_since,
            "paused_at": self.paused_at,
        }
        return {
            f"{PREFIX}{name}": _written(value)
            for name, value in values.items()
            if value is not None
        }


def read_schedule(values: Mapping[str, str]) -> Schedule:
    """From `CrawlState.values`; one that cannot be read is a source that is due."""
    try:
        return Schedule(
            next_at=_moment(values.get(f"{PREFIX}next_at")),
            rate=_number(values.get(f"{PREFIX}rate"), _FIRST_RATE),
            read_at=_moment(values.get(f"{PREFIX}read_at")),
            strain=_number(values.get(f"{PREFIX}strain"), 0.0),
            failing_since=_moment(values.get(f"{PREFIX}failing_since")),
            paused_at=_moment(values.get(f"{PREFIX}paused_at")),
        )
    except ValueError:
        return Schedule()


def without_schedule(values: Mapping[str, str]) -> dict[str, str]:
    """What is the connector's own."""
    return {name: value for name, value in values.items() if not name.startswith(PREFIX)}


def _written(value: datetime | float) -> str:
    return value.isoformat() if isinstance(value, datetime) else f"{value:.6g}"


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str | None, default: float) -> float:
    number = float(text) if text else default
    if not 0 <= number < math.inf:
        raise ValueError(text)
    return number
