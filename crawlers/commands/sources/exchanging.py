"""`luruskan sources import|export`: catalogues as TOML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import click

from crawlers.commands.sources.changing import KINDS
from indices.documents import Source
from indices.errors import BadInputError
from indices.runtime import Runtime

NATIONAL = "nasional"


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    region = f"Only sources whose region holds this; {NATIONAL}: those without one."
    for option in (
        click.option("--id", "ids", multiple=True, help="Only this source; may be repeated."),
        click.option("--region", "regions", multiple=True, help=region),
        click.option("--kind", "kinds", multiple=True, type=KINDS, help="Only this kind."),
    ):
        command = option(command)
    return command


@click.command("import")
@click.argument("file", type=click.File("rb"), required=False)
@_filters
@click.option("--disabled", is_flag=True, help="Take new ones over, but do not crawl them yet.")
@click.option("--replace", "replacing", is_flag=True, help="Overwrite what differs here.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--yes", is_flag=True, help="Do not ask before overwriting.")
@click.pass_obj
def import_sources(runtime: Runtime, /, file: Any, **given: Any) -> None:
    """Watch the sources of a file or of the catalogue.

    The file is TOML; without one, the catalogue that comes with Luruskan is read.

    What is watched already stays as it is unless --replace is given; twice changes nothing. The
    shipped addresses are unverified: `luruskan sources check` tries them.

    \b
    Examples:
      luruskan sources import --region "Kalimantan Timur" --dry-run
      luruskan sources import --kind fact_checker
      luruskan sources import dari-provinsi.toml --disabled
    """
    from crawlers.catalogue.toml import read_entries, read_shipped

    everything = read_entries(file.read(), file.name) if file else read_shipped()
    chosen = choose(everything, given["ids"], given["kinds"], given["regions"])
    if not chosen:
        raise BadInputError(f"no entry fits; regions are: {_regions(everything)}")
    with runtime.store() as store:
        known = {source.id: store.find_source(source.id) for source in chosen}
        new = [source for source in chosen if known[source.id] is None]
        other = [
            kept
            for source in chosen
            if (there := known[source.id]) and (kept := _with_own_state(source, there)) != there
        ]
        taken = other if given["replacing"] else []
        if taken and not (given["yes"] or given["dry_run"]):
            click.confirm(f"Overwrite {', '.join(each.id for each in taken)}?", abort=True)
        if not given["dry_run"]:
            for source in (*new, *taken):
                off = given["disabled"] and source in new
                store.put_source(replace(source, enabled=False) if off else source)
    _print_outcome(new, taken, [each for each in other if each not in taken], len(chosen))


@click.command("export")
@_filters
@click.option("--catalogue", is_flag=True, help="The shipped list instead of what is watched.")
@click.pass_obj
def export_sources(
    runtime: Runtime,
    ids: tuple[str, ...],
    kinds: tuple[str, ...],
    regions: tuple[str, ...],
    catalogue: bool,
) -> None:
    """Print sources as TOML.

    \b
    Examples:
      luruskan sources export > sumber.toml
      luruskan sources export --catalogue --kind fact_checker
    """
    from crawlers.catalogue.toml import read_shipped, write_entries

    if catalogue:
        everything = read_shipped()
    else:
        with runtime.store() as store:
            everything = list(store.iter_sources())
    click.echo(write_entries(choose(everything, ids, kinds, regions)), nl=False)


def choose(
    sources: Iterable[Source], ids: Iterable[str], kinds: Iterable[str], regions: Iterable[str]
) -> list[Source]:
    """Those that fit every filter that is given; one of its values is enough."""
    wanted = [region.casefold() for region in regions]
    return [
        source
        for source in sources
        if (not ids or source.id in ids)
        and (not kinds or source.kind in kinds)
        and (not wanted or any(_is_in(source, region) for region in wanted))
    ]


def _is_in(source: Source, region: str) -> bool:
    if region == NATIONAL:
        return not source.region
    return region in source.region.casefold()


def _with_own_state(source: Source, there: Source) -> Source:
    """Whether it is crawled, and when somebody here last saw it, is not for others to say."""
    seen_on = there.verified_on or source.verified_on
    return replace(source, enabled=there.enabled, verified_on=seen_on)


def _regions(sources: Iterable[Source]) -> str:
    return ", ".join(sorted({source.region or NATIONAL for source in sources}))


def _print_outcome(new: list[Source], taken: list[Source], left: list[Source], chosen: int) -> None:
    for mark, group in (("+", new), ("~", taken), ("!", left)):
        for source in group:
            click.echo(f"{mark} {source.id}\t{source.name}\t{source.url}")
    same = chosen - len(new) - len(taken) - len(left)
    click.echo(f"added {len(new)}, overwritten {len(taken)}, unchanged {same}, left {len(left)}")
    if left:
        click.echo("left: differs from what is watched here; --replace overwrites it")
