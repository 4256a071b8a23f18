"""What of the watched sources could be seen in a week, and on which days nobody looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from indices.documents import CrawlRun
from indices.store import Store
from review_ui.summaries.figures import Coverage
from review_ui.summaries.weeks import Week

_NEW_ITEMS = ("stored", "updated")
"""Dispositions that say that a source gave something new."""


def measure_coverage(
    store: Store, week: Week, as_of: datetime, posts_by_source: Mapping[str, int]
) -> Coverage:
    """Every watched source in exactly one group."""
    names = {source.id: source.name for source in store.iter_sources()}
    watched = {source.id for source in store.iter_sources(enabled_only=True)}
    runs: dict[str, list[CrawlRun]] = {}
    for run in store.iter_crawl_runs(started_from=week.starts_at, started_until=as_of):
        runs.setdefault(run.source_id, []).append(run)
    groups: dict[str, list[str]] = {}
    for source_id in watched | posts_by_source.keys():
        group = _group(posts_by_source.get(source_id, 0), runs.get(source_id, []))
        groups.setdefault(group, []).append(names.get(source_id, source_id))
    crawled = {week.day_of(run.started_at) for each in runs.values() for run in each if _ok(run)}
    return Coverage(
        delivered=_sorted(groups.get("delivered", [])),
        silent=_sorted(groups.get("silent", [])),
        failed=_sorted(groups.get("failed", [])),
        not_crawled=_sorted(groups.get("not_crawled", [])),
        crawled_days=len(crawled),
        missing_days=_missing_days(week, as_of, crawled),
    )


def _group(posts: int, runs: Sequence[CrawlRun]) -> str:
    if posts or any(run.dispositions.get(word) for run in runs for word in _NEW_ITEMS):
        return "delivered"
    if any(_ok(run) for run in runs):
        return "silent"
    return "failed" if runs else "not_crawled"


def _ok(run: CrawlRun) -> bool:
    return run.finished_at is not None and not run.error


def _missing_days(week: Week, as_of: datetime, crawled: set[date]) -> tuple[date, ...]:
    last = min(week.day_of(as_of), week.days[-1])
    return tuple(day for day in week.days if day <= last and day not in crawled)


def _sorted(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=str.casefold))
