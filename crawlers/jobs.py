"""The crawl as a job: the sources that are due, politely, counted, and safe to kill."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from crawlers.connectors import get_connector
from crawlers.dispositions import grouped
from crawlers.health.alarms import raise_alarms
from crawlers.polling.due import due_sources
from indices.documents import CrawlRun, Source
from indices.errors import BadInputError
from indices.jobs import JobContext, JobReport
from indices.locks import exclusive


def crawl(context: JobContext) -> JobReport:
    """Collect what is new from the sources that are due.

    Option `source` names the only one to read, `all` reads all enabled ones, due or not.

    Raises:
        AlreadyRunningError: another crawl of this installation goes on.
        BadInputError: the named source is not there, or cannot be crawled as it is set.
        StoreError: the index is away or full; what was stored before stays.
    """
    with exclusive(context.settings.home / "crawl.lock", "a crawl"):
        watched = _watched(context)
        chosen = bool(context.options.get("source") or context.options.get("all"))
        due = watched if chosen else due_sources(context.store, watched, context.now)
        return build_report(context, crawl_sources(context, due), waiting=len(watched) - len(due))


def crawl_sources(context: JobContext, sources: Sequence[Source]) -> list[CrawlRun]:
    """Crawl these; how each went, in the order given."""
    if not sources:
        return []
    from crawlers.running import run_crawl

    run_id = f"{context.now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    return run_crawl(context, sources, run_id)


def build_report(context: JobContext, runs: Sequence[CrawlRun], *, waiting: int = 0) -> JobReport:
    """Sums over all sources, and the alarms that their runs raise.

    Args:
        waiting: sources that were not due.
    """
    alarms = raise_alarms(context.store, runs)
    counts = {"sources": len(runs), "sources_failed": sum(bool(run.error) for run in runs)}
    counts["sources_waiting"] = waiting
    counts["found"] = sum(run.found for run in runs)
    for run in runs:
        for column, count in grouped(run.dispositions).items():
            counts[column] = counts.get(column, 0) + count
    # a few that fail again and again while the rest waits are no failed crawl
    everything_failed = len(runs) > waiting and all(run.error for run in runs)
    return JobReport(job="crawl", counts=counts, alarms=alarms, failed=everything_failed)


def _watched(context: JobContext) -> list[Source]:
    wanted = context.options.get("source", "")
    if not wanted:
        return list(context.store.iter_sources(enabled_only=True))
    source = context.store.find_source(wanted)
    if source is None:
        raise BadInputError(f"no source {wanted!r}; `luruskan sources list` names them all")
    get_connector(source.connector).check(source)
    return [source]
