"""How a crawl went, as a table for a person or a line of JSON for a script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click
from rich import box
from rich.console import Console
from rich.table import Table

from crawlers.dispositions import grouped
from indices.codec import document_to_dict, json_line
from indices.documents import CrawlRun
from indices.jobs import JobReport
from indices.store import Store

_COLUMNS = ("stored", "updated", "duplicate", "refused", "failed")


def runs_of(store: Store, now: datetime) -> list[CrawlRun]:
    """The runs of the crawl that started at that time."""
    store.refresh()
    return list(store.iter_crawl_runs(started_from=now))


def print_report(report: JobReport, runs: Sequence[CrawlRun], *, as_json: bool) -> None:
    """To standard output."""
    if as_json:
        values = document_to_dict(report) | {"runs": [document_to_dict(run) for run in runs]}
        click.echo(json_line(values))
        return
    waiting = report.counts.get("sources_waiting", 0)
    if not runs:
        click.echo(_nothing_read(waiting))
        return
    Console(soft_wrap=True).print(_table(runs))
    if waiting:
        click.echo(f"{waiting} sources were not due; luruskan crawl --all reads them too")
    for alarm in report.alarms:
        click.echo(f"! {alarm.text}")
    if left_out := report.counts.get("refused", 0) + report.counts.get("failed", 0):
        click.echo(
            f"{left_out} items were left out; logs/crawl.ndjson in the data directory says why"
        )


def _nothing_read(waiting: int) -> str:
    if waiting:
        return f"none of {waiting} sources is due; luruskan crawl --all reads them now"
    return "no sources to read; add one: luruskan sources add FEED_URL"


def _table(runs: Sequence[CrawlRun]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("source")
    for column in ("found", *_COLUMNS):
        table.add_column(column, justify="right")
    for run in sorted(runs, key=lambda run: run.source_id):
        counts = grouped(run.dispositions)
        table.add_row(run.source_id, str(run.found), *(str(counts[name]) for name in _COLUMNS))
    return table
