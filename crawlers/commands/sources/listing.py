"""`luruskan sources list`."""

from __future__ import annotations

import click

from crawlers.commands.sources.finding import as_line
from indices.runtime import Runtime


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each source.")
@click.pass_obj
def list_sources(runtime: Runtime, as_json: bool) -> None:
    """Name all sources.

    \b
    Example:
      luruskan sources list --json
    """
    from indices.codec import document_to_json

    with runtime.store() as store:
        sources = list(store.iter_sources())
    for source in sources:
        click.echo(document_to_json(source) if as_json else as_line(source))
    if not sources:
        click.echo(
            "nothing is watched yet; begin with `luruskan sources discover https://...`"
            " or `luruskan sources import`, which has a catalogue",
            err=True,
        )
