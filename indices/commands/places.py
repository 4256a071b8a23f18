"""`luruskan places`: the list of places, what is found in a text, and stored posts read again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from indices.codec import document_to_dict, json_line
from indices.documents import PlaceLevel, PlaceTag
from indices.errors import BadInputError
from indices.homes import make_private
from indices.locks import exclusive
from indices.places.gazetteer import KINDS, LEVELS, Gazetteer, Place, keys_of
from indices.places.table import load_gazetteer
from indices.progress import TerminalProgress
from indices.relevance import RelevanceRule
from indices.runtime import Runtime

LEVEL_NAMES = {
    PlaceLevel.PROVINCE: "provinsi",
    PlaceLevel.REGENCY: "kabupaten/kota",
    PlaceLevel.DISTRICT: "kecamatan",
    PlaceLevel.VILLAGE: "desa/kelurahan",
}


@click.group()
def places() -> None:
    """Know the places of the own region and find them in posts.

    \b
    Example:
      luruskan places import 64.02
    """


@places.command("import")
@click.argument("what", nargs=-1, required=True, metavar="CODE|FILE...")
@click.pass_obj
def import_command(runtime: Runtime, what: tuple[str, ...]) -> None:
    """Take over the official list for a regency, or a list of the office's own.

    CODE is Kemendagri's of the own kabupaten or kota: all its districts and villages are taken,
    and all provinces and regencies of the country. FILE is a CSV with the columns
    code,name,kind,parent,aliases (aliases parted by ;): its rows are added, or take the place of
    rows with the same code.

    \b
    Examples:
      luruskan places import 64.02
      luruskan places import nama-lain.csv
    """
    from indices.places.installing import install_file, install_official

    make_private(runtime.home)
    paths = [Path(word) for word in what if Path(word).suffix.lower() == ".csv"]
    codes = [word for word in what if Path(word).suffix.lower() != ".csv"]
    gazetteer = load_gazetteer(runtime.home) if paths and not codes else None
    if codes:
        gazetteer = install_official(runtime.home, codes)
    for path in paths:
        gazetteer = install_file(runtime.home, path)
    if gazetteer is not None:
        click.echo(_summary(gazetteer))
        click.echo("Next: luruskan places apply (posts that are stored already)")


@places.command("list")
@click.argument("word", required=False, default="")
@click.option(
    "--kind", metavar="KIND", type=click.Choice(sorted(KINDS)), help="Only places of this kind."
)
@click.pass_obj
def list_command(runtime: Runtime, word: str, kind: str | None) -> None:
    """Show the own region's places, or those whose name holds WORD.

    \b
    Examples:
      luruskan places list
      luruskan places list loa --kind desa
    """
    gazetteer = _known(runtime)
    wanted = keys_of(word)
    for place in gazetteer:
        shown = gazetteer.is_own(place.code) if not wanted else _holds(place, wanted)
        if shown and kind in {None, place.kind}:
            aliases = f"\t{'; '.join(place.aliases)}" if place.aliases else ""
            click.echo(f"{place.code}\t{place.title}{aliases}")


@places.command()
@click.argument("text")
@click.option("--local", is_flag=True, help="As if a source of the own region had written it.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.pass_obj
def check(runtime: Runtime, text: str, local: bool, as_json: bool) -> None:
    """Show which places TEXT names, and why.

    \b
    Example:
      luruskan places check "Banjir di Desa Loa Pinang, Hulu Sarang"
    """
    from indices.places.finding import find_places

    tags = find_places(_known(runtime), "", text, is_local=local)
    if as_json:
        click.echo(json_line([document_to_dict(tag) for tag in tags]))
        return
    for tag in tags:
        click.echo(_as_text(tag))
    if not tags:
        click.echo("no place that is certain")


@places.command()
@click.pass_obj
def apply(runtime: Runtime) -> None:
    """Look for places, language and relevance again in all posts that are stored.

    After `places import`, or when `relevance.keywords` or a source's option changed; a crawl
    reads its own posts by itself. No post is deleted: one that would not be kept today stays,
    without a reason. Safe to interrupt.

    \b
    Example:
      luruskan places apply
    """
    from indices.places.applying import Reading

    gazetteer = _known(runtime)
    with runtime.store() as store, exclusive(runtime.home / "crawl.lock", "a crawl"):
        total = store.check_health().counts.get("posts")
        reading = Reading(store, RelevanceRule(gazetteer, runtime.settings.relevance.keywords))
        with TerminalProgress().bar("Finding places", total) as bar:
            reading.run(bar)
    click.echo(f"{reading.changed} posts are read differently now")
    if reading.left:
        click.echo(f"{reading.left} would not be kept today and stay, without a reason")


def _known(runtime: Runtime) -> Gazetteer:
    gazetteer = load_gazetteer(runtime.home)
    if not len(gazetteer):
        raise BadInputError("no places are known yet; luruskan places import CODE, e.g. 64.02")
    return gazetteer


def _holds(place: Place, wanted: list[str]) -> bool:
    names = " ".join(" ".join(keys_of(name)) for name in (place.name, *place.aliases))
    return " ".join(wanted) in names


def _summary(gazetteer: Gazetteer) -> str:
    counts = Counter(place.level for place in gazetteer)
    own = ", ".join(gazetteer[code].title for code in sorted(gazetteer.own)) or "none"
    figures = ", ".join(f"{counts[level]} {LEVEL_NAMES[level]}" for level in LEVELS)
    return f"{figures}\nOwn region: {own}"


def _as_text(tag: PlaceTag) -> str:
    return f"{tag.code}\t{tag.name}\t{LEVEL_NAMES[tag.level]}\t{tag.why}"
