"""`luruskan sources check|discover`: what a source or a site gives, before anything is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from crawlers.commands.sources.changing import KINDS
from crawlers.commands.sources.finding import as_line, get_source
from indices.documents import Source
from indices.errors import BadInputError
from indices.runtime import Runtime

if TYPE_CHECKING:
    from crawlers.discovery.proposing import Proposal

_ITEMS = click.option(
    "--items", type=click.IntRange(1, 50), default=5, show_default=True, help="Read this many."
)


@click.command()
@click.argument("source_ids", nargs=-1, metavar="SOURCE_ID...")
@click.option("--all", "everything", is_flag=True, help="All that are enabled.")
@_ITEMS
@click.option("--mark", is_flag=True, help="Put today down as `verified_on` where it works.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each source.")
@click.pass_obj
def check(
    runtime: Runtime, /, source_ids: tuple[str, ...], items: int, mark: bool, **given: bool
) -> None:
    """Show what a source gives now; nothing is stored.

    A few items are fetched and read as a crawl would.

    Exit code: 0 when every source gave something, 1 when one did not.

    \b
    Examples:
      luruskan sources check kabar-lembah
      luruskan sources check --all --mark
    """
    from crawlers.sample_views import sample_as_json, sample_as_text
    from crawlers.sampling import take_samples

    if not source_ids and not given["everything"]:
        raise BadInputError("name a source, or give --all; `luruskan sources list` names them")
    with runtime.job_context() as context:
        named = [get_source(context.store, source_id) for source_id in source_ids]
        chosen = named or list(context.store.iter_sources(enabled_only=True))

        async def choose(_: object) -> list[Source]:
            return chosen

        samples = take_samples(context, choose, items=items)
        for sample in samples:
            view = sample_as_json if given["as_json"] else sample_as_text
            click.echo(view(sample, runtime.settings.office.timezone))
            if mark and sample.works:
                seen = replace(sample.source, verified_on=context.now.date())
                context.store.put_source(seen)
    raise SystemExit(0 if all(sample.works for sample in samples) else 1)


@click.command()
@click.argument("url")
@click.option("--id", "source_id", default="", help="[default: made from the address]")
@click.option("--name", default="", help="[default: as the site calls itself]")
@click.option("--kind", type=KINDS, help="[default: guessed from the address]")
@click.option("--region", default="", help="Region that its posts are about.")
@click.option("--pick", type=int, default=1, show_default=True, help="Which of what is found.")
@_ITEMS
@click.option("--yes", is_flag=True, help="Add it without asking, if it gives anything.")
@click.pass_obj
def discover(runtime: Runtime, /, url: str, pick: int, items: int, **given: Any) -> None:
    """Find a site's feeds and sitemaps, and add one on yes.

    Shows what would be collected, and why something would not.

    \b
    Examples:
      luruskan sources discover https://kabarlembah.example/
      luruskan sources discover https://lembah.go.id/ --region Lembah --yes
    """
    from crawlers.adding import with_free_id
    from crawlers.discovery.proposing import propose
    from crawlers.sample_views import sample_as_text

    yes = given.pop("yes")
    words = {name: word for name, word in given.items() if word}
    with runtime.job_context() as context:
        proposal = propose(context, url, words, pick=pick, items=items)
        click.echo(_found(proposal, pick))
        click.echo(sample_as_text(proposal.sample, runtime.settings.office.timezone))
        watched = list(context.store.iter_sources())
        if twin := next((s for s in watched if s.url == proposal.sample.source.url), None):
            click.echo(f"is watched already as {twin.id}")
            return
        source = with_free_id(proposal.sample.source, watched, given="source_id" in words)
        if not proposal.sample.works:
            raise BadInputError("it gave nothing that could be taken; try another with --pick")
        if not yes:
            click.confirm(f"Watch it as {source.id}?", abort=True)
        context.store.put_source(source)
        click.echo(as_line(source))


def _found(proposal: Proposal, pick: int) -> str:
    lines = [f"{proposal.site.name or 'This address'} offers:"]
    for number, each in enumerate(proposal.site.candidates, 1):
        what = "sitemaps" if each.is_index else "links"
        mark = ">" if number == pick else " "
        lines.append(f"{mark} {number}  {each.connector:<8} {each.entries:>6} {what:<8} {each.url}")
    return "\n".join([*lines, ""])
