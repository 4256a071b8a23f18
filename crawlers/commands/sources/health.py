"""`luruskan sources health`."""

from __future__ import annotations

import click

from crawlers.commands.sources.finding import get_source
from indices.runtime import Runtime


@click.command()
@click.argument("source_ids", nargs=-1, metavar="[SOURCE_ID...]")
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=30,
    show_default=True,
    help="How far back to look.",
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each source.")
@click.pass_obj
def health(runtime: Runtime, source_ids: tuple[str, ...], days: int, as_json: bool) -> None:
    """Show how well each source is seen.

    States: fine, silent (longer than usual), changed (its pages are read no longer), failing,
    paused (after too many failures), new (never read), off.

    \b
    Examples:
      luruskan sources health
      luruskan sources health kabar-lembah
      luruskan sources health --json
    """
    from crawlers.health.measuring import measure_health
    from crawlers.health.views import health_as_json, health_as_table, health_at_length

    with runtime.job_context() as context:
        named = [get_source(context.store, source_id) for source_id in source_ids]
        sources = named or list(context.store.iter_sources())
        measured = measure_health(context.store, sources, context.now, days)
        if as_json:
            lines = [health_as_json(each) for each in measured]
        elif named:
            lines = [health_at_length(each, context.now) for each in measured]
        else:
            lines = [health_as_table(measured, context.now)]
    click.echo("\n".join(lines))
