"""Sums over crawl runs: dispositions, fields, and when something new came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from crawlers.dispositions import Disposition
from crawlers.recording.tally import NOT_RELEVANT
from indices.documents import CrawlRun

FIELDS = ("title", "published_at", "author", "text")
"""Of a post, whose absence tells of a layout that is read no longer."""
_NEW = (Disposition.STORED, Disposition.STORED_LATER)
_GAPS_NEEDED = 5


def sum_dispositions(runs: Iterable[CrawlRun]) -> Counter[str]:
    """What became of all their items."""
    total: Counter[str] = Counter()
    for run in runs:
        total.update(run.dispositions)
    return total


def new_items(run: CrawlRun) -> int:
    """How many came into the record, or were read and left as not relevant."""
    return sum(run.dispositions.get(name, 0) for name in _NEW) + run.fields.get(NOT_RELEVANT, 0)


def readable_share(runs: Iterable[CrawlRun]) -> tuple[float, int]:
    """Share of the pages looked at that held a post, and how many pages that were."""
    total = _sum_fields(runs)
    pages = total["posts"] + total["unreadable"]
    return (total["posts"] / pages if pages else 1.0), pages


def field_shares(runs: Iterable[CrawlRun]) -> tuple[Mapping[str, float], int]:
    """For each field the share of posts that had it, and how many posts that were."""
    total = _sum_fields(runs)
    posts = total["posts"]
    return {name: total[name] / posts for name in FIELDS if posts}, posts


def split_latest(
    runs: Sequence[CrawlRun], pages: int
) -> tuple[Sequence[CrawlRun], Sequence[CrawlRun]]:
    """As many of the last runs as hold that many pages, and all before them."""
    for place in range(len(runs) - 1, -1, -1):
        if readable_share(runs[place:])[1] >= pages:
            return runs[place:], runs[:place]
    return runs, ()


def _sum_fields(runs: Iterable[CrawlRun]) -> Counter[str]:
    total: Counter[str] = Counter()
    for run in runs:
        total.update(run.fields)
    return total


def usual_gap(runs: Sequence[CrawlRun]) -> timedelta | None:
    """The median time between two runs that brought something new; None when too few did."""
    moments = [run.started_at for run in runs if new_items(run)]
    seconds = [(after - before).total_seconds() for before, after in pairwise(moments)]
    return timedelta(seconds=median(seconds)) if len(seconds) >= _GAPS_NEEDED else None


def last_new_at(runs: Sequence[CrawlRun]) -> datetime | None:
    """When something new came last."""
    return next((run.started_at for run in reversed(runs) if new_items(run)), None)


def last_read_at(runs: Sequence[CrawlRun]) -> datetime | None:
    """When the source was last read without an error."""
    whole = (run for run in reversed(runs) if run.finished_at and not run.error)
    return next((run.started_at for run in whole), None)
