"""Sources that failed, and sources that fell silent: a silent zero is the worst failure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from crawlers.polling.due import find_schedule
from indices.documents import CrawlRun
from indices.jobs import Alarm
from indices.store import Store

_RUNS_COMPARED = 20
_RUNS_NEEDED = 3


def raise_alarms(store: Store, runs: Sequence[CrawlRun]) -> tuple[Alarm, ...]:
    """One alarm at most for each source."""
    return tuple(alarm for run in runs if (alarm := _alarm(store, run)) is not None)


def _alarm(store: Store, run: CrawlRun) -> Alarm | None:
    if run.error and find_schedule(store, run.source_id).paused_at:
        text = (
            f"Sumber {run.source_id} dijeda karena terus gagal: {run.error}. Perbaiki, lalu "
            f"`luruskan sources enable {run.source_id}`"
        )
        return Alarm(code="source_paused", text=text, about=run.source_id)
    if run.error:
        text = f"Sumber {run.source_id} tidak dapat dibaca: {run.error}"
        return Alarm(code="source_failed", text=text, about=run.source_id)
    usual = usual_found(store, run) if run.found == 0 else 0.0
    if usual > 0:
        text = f"Sumber {run.source_id} diam: 0 butir, biasanya {usual:.0f} setiap kali dibaca"
        return Alarm(code="source_silent", text=text, about=run.source_id)
    return None


def usual_found(store: Store, run: CrawlRun) -> float:
    """The median of what earlier whole runs of the source found; 0 when there are too few."""
    earlier = [
        each.found
        for each in store.iter_crawl_runs(source_id=run.source_id, started_until=run.started_at)
        if each.finished_at and not each.error and each.id != run.id
    ][-_RUNS_COMPARED:]
    return median(earlier) if len(earlier) >= _RUNS_NEEDED else 0.0
