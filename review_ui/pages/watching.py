"""Sumber: what is watched, and whether it still answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, g, render_template

from indices.documents import CrawlRun, Source
from review_ui.access import needs
from review_ui.desk.permissions import Permission
from review_ui.work import current_store

blueprint = Blueprint("sources", __name__)

_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source with how its crawls of the last days went."""

    source: Source
    last: CrawlRun | None
    runs: int
    failures: int
    stored: int

    @property
    def outcomes(self) -> dict[str, int]:
        """What became of the last run's items, by the first word of each disposition."""
        found: dict[str, int] = {}
        for name, count in (self.last.dispositions if self.last else {}).items():
            if count:
                group = name.partition("_")[0]
                found[group] = found.get(group, 0) + count
        return found

    @property
    def state(self) -> str:
        """`off`, `unknown`, `failing`, `silent` or `fine`."""
        if not self.source.enabled:
            return "off"
        if self.last is None:
            return "unknown"
        if self.last.error or self.last.finished_at is None:
            return "failing"
        return "fine" if self.stored or self.last.found else "silent"


@blueprint.get("/sumber")
@needs(Permission.READ)
def show() -> str:
    """Every source with its last run; the troubled ones first."""
    store = current_store()
    by_source: dict[str, list[CrawlRun]] = {}
    for run in store.iter_crawl_runs(started_from=g.now - timedelta(days=_DAYS)):
        by_source.setdefault(run.source_id, []).append(run)
    order = ("failing", "silent", "unknown", "fine", "off")
    rows = [_health(source, by_source.get(source.id, [])) for source in store.iter_sources()]
    rows.sort(key=lambda row: (order.index(row.state), row.source.name))
    return render_template("sources.html", rows=rows, days=_DAYS)


def _health(source: Source, runs: list[CrawlRun]) -> SourceHealth:
    return SourceHealth(
        source=source,
        last=runs[-1] if runs else None,
        runs=len(runs),
        failures=sum(1 for run in runs if run.error),
        stored=sum(run.dispositions.get("stored", 0) for run in runs),
    )
