"""`luruskan crawl`: collect what is new from all sources, or from one."""

from __future__ import annotations

import click

from indices.runtime import Runtime


@click.command()
@click.option("--source", default="", help="Only this source, by its id.")
@click.option("--all", "everything", is_flag=True, help="Also those that are not due, or paused.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one line of JSON.")
@click.pass_obj
def crawl(runtime: Runtime, source: str, everything: bool, as_json: bool) -> None:
    """Collect what is new, and count what became of every item.

    A source is due as often as it publishes, between crawl.min_poll_minutes and
    crawl.max_poll_minutes; one that fails waits longer and longer.

    Exit code: 0 when all sources could be read, 1 when some could not, 75 when another crawl runs
    or the index is away.

    \b
    Examples:
      luruskan crawl
      luruskan crawl --all
      luruskan crawl --source kabar-lembah --json
    """
    from crawlers.jobs import crawl as crawl_job
    from crawlers.reports import print_report, runs_of

    options = {"source": source, "all": "yes" if everything else ""}
    with runtime.job_context(**options) as context:
        report = crawl_job(context)
        print_report(report, runs_of(context.store, context.now), as_json=as_json)
    failed = report.counts.get("sources_failed", 0) or report.failed
    raise SystemExit(1 if failed else 0)
