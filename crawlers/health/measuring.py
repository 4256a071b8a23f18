"""The health of every source, from its runs and its schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawlers.health.alarms import find_layout_change, find_silence, find_turnover
from crawlers.health.counting import (
    field_shares,
    last_new_at,
    last_read_at,
    new_items,
    sum_dispositions,
    usual_gap,
)
from crawlers.polling.due import find_schedule
from crawlers.polling.schedule import Schedule
from crawlers.recording.tally import TURNED_OVER
from indices.documents import CrawlRun, Source
from indices.store import Store

_COVERED = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """One source over some days."""

    source_id: str
    name: str
    state: str
    """`off`, `new`, `paused`, `failing`, `changed`, `missed`, `silent` or `fine`."""
    said: str = ""
    """What is wrong, as its alarm says it or as the last run did."""
    runs: int = 0
    runs_failed: int = 0
    runs_too_late: int = 0
    """Those that found nothing known in the feed any more."""
    found: int = 0
    new: int = 0
    dispositions: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, float] = field(default_factory=dict)
    """Share of the posts read that had a title, a time, an author, a text."""
    last_read_at: datetime | None = None
    last_new_at: datetime | None = None
    usual_gap_hours: float | None = None
    """The median between two runs that brought something new."""
    next_read_at: datetime | None = None
    paused_at: datetime | None = None


def measure_health(
    store: Store, sources: Iterable[Source], now: datetime, days: int
) -> list[SourceHealth]:
    """Each of the sources, over the last days."""
    by_source: dict[str, list[CrawlRun]] = {}
    for run in store.iter_crawl_runs(started_from=now - timedelta(days=days)):
        by_source.setdefault(run.source_id, []).append(run)
    return [
        measure_source(source, by_source.get(source.id, []), find_schedule(store, source.id))
        for source in sources
    ]


def measure_source(source: Source, runs: Sequence[CrawlRun], schedule: Schedule) -> SourceHealth:
    """From its runs, oldest first."""
    state, said = _judge(source, runs, schedule)
    gap = usual_gap(runs)
    return SourceHealth(
        source_id=source.id,
        name=source.name,
        state=state,
        said=said,
        runs=len(runs),
        runs_failed=sum(bool(run.error) for run in runs),
        runs_too_late=sum(bool(run.fields.get(TURNED_OVER)) for run in runs),
        found=sum(run.found for run in runs),
        new=sum(new_items(run) for run in runs),
        dispositions=dict(sorted(sum_dispositions(runs).items())),
        fields=field_shares(runs)[0],
        last_read_at=last_read_at(runs),
        last_new_at=last_new_at(runs),
        usual_gap_hours=round(gap.total_seconds() / 3600, 2) if gap else None,
        next_read_at=None if schedule.paused_at else schedule.next_at,
        paused_at=schedule.paused_at,
    )


def _judge(source: Source, runs: Sequence[CrawlRun], schedule: Schedule) -> tuple[str, str]:
    finished = [run for run in runs if run.finished_at]
    if not source.enabled:
        return "off", ""
    if not finished:
        return ("paused" if schedule.paused_at else "new"), ""
    if schedule.paused_at:
        return "paused", finished[-1].error
    return _judge_last(finished[-1], finished[:-1])


def _judge_last(last: CrawlRun, earlier: Sequence[CrawlRun]) -> tuple[str, str]:
    if change := find_layout_change(last, earlier):
        return "changed", change
    if last.error:
        return "failing", last.error
    if haste := find_turnover(last, earlier):
        return "missed", haste
    if silence := find_silence(last, earlier):
        return "silent", silence
    return "fine", ""


def coverage(health: Iterable[SourceHealth], now: datetime) -> tuple[int, int]:
    """How many watched sources were read whole in the last day, and how many there are."""
    watched = [each for each in health if each.state != "off"]
    read = [each for each in watched if each.last_read_at and each.last_read_at > now - _COVERED]
    return len(read), len(watched)
