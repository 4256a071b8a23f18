"""`luruskan file`: look into an export, save how its columns are read, import it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indices.documents import Source, SourceKind
from indices.errors import BadInputError
from indices.runtime import Runtime

if TYPE_CHECKING:
    from crawlers.imports.previewing import Preview

_KINDS = click.Choice([kind.value for kind in SourceKind])
_OPTIONS = click.option("-o", "--option", "options", multiple=True, help="KEY=VALUE, e.g. columns.")
_MAPPING = click.option("--mapping", default="", help="A saved mapping, by its name.")


@click.group()
def file() -> None:
    """Exports of platforms and chats, and any table of posts.

    Zeeschuimer (X, Instagram, TikTok, Threads, Facebook), 4CAT, WhatsApp chats (txt, zip), XLSX,
    CSV and NDJSON are read; which of them a file is, is found by looking inside.

    \b
    Examples:
      luruskan file look aduan.xlsx
      luruskan file look aduan.xlsx -o columns=text=Isi,url=Tautan --save aduan
      luruskan file import aduan.xlsx --mapping aduan
    """


@file.command()
@click.argument("path", metavar="FILE")
@_MAPPING
@_OPTIONS
@click.option("--save", default="", help="Save the mapping under this name.")
@click.pass_obj
def look(runtime: Runtime, path: str, mapping: str, options: tuple[str, ...], save: str) -> None:
    """Say what a file is and what an import would take; nothing is stored.

    \b
    Examples:
      luruskan file look "WhatsApp Chat with Warga.zip"
      luruskan file look aduan.csv -o columns=text=Uraian,url=Tautan --save aduan
    """
    from crawlers.imports.mapping import Mappings

    seen = _show(runtime, _build(runtime, path, mapping, options, {}))
    if save:
        if not seen.mapping:
            raise BadInputError(f"{path}: has no columns to be mapped; nothing was saved")
        Mappings(runtime.home).save(save, seen.mapping)
        click.echo(f"Saved as {save}: luruskan file import FILE --mapping {save}")


@file.command("import")
@click.argument("path", metavar="FILE")
@_MAPPING
@_OPTIONS
@click.option("--id", "source_id", default="", help="[default: made from the file's name]")
@click.option("--name", default="", help="[default: made from the file's name]")
@click.option("--kind", type=_KINDS, help="Who speaks in it. [default: community]")
@click.option("--region", default="", help="Region that its posts are about.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def import_file(
    runtime: Runtime,
    /,
    path: str,
    mapping: str,
    options: tuple[str, ...],
    yes: bool,
    **given: str | None,
) -> None:
    """Show what a file holds, ask, and take its posts; the same again changes nothing.

    A newer export of the same chat or list goes to the same source with --id. Exit codes are
    those of `luruskan crawl`; a broken-off import goes on where it is run again.

    \b
    Examples:
      luruskan file import capture.ndjson --kind platform --yes
      luruskan file import "Chat Warga.txt" --id wa -o timezone=Asia/Makassar
    """
    source = _build(runtime, path, mapping, options, {k: v for k, v in given.items() if v})
    seen = _show(runtime, source)
    if seen.form == "whatsapp" and not given["source_id"]:
        source = _named_without_people(source, given)
    if not yes:
        click.confirm(f"Import as source {source.id}?", abort=True)
    _put(runtime, source)
    _crawl(runtime, source.id)


@file.command()
@click.option("--remove", default="", help="Forget the mapping of this name.")
@click.pass_obj
def mappings(runtime: Runtime, remove: str) -> None:
    """Name the saved mappings, or forget one.

    \b
    Example:
      luruskan file mappings
    """
    from crawlers.imports.mapping import Mappings

    saved = Mappings(runtime.home)
    if remove and not saved.remove(remove):
        raise BadInputError(f"no mapping {remove!r}; `luruskan file mappings` names them all")
    for name in saved.names():
        columns = ", ".join(f"{field}={column}" for field, column in saved.get(name).items())
        click.echo(f"{name}\t{columns}")


def _build(
    runtime: Runtime, path: str, mapping: str, pairs: tuple[str, ...], given: dict[str, str]
) -> Source:
    from crawlers.adding import build_source, read_options
    from crawlers.imports.mapping import Mappings

    options = {"timezone": runtime.settings.office.timezone, **read_options(pairs)}
    if mapping:
        Mappings(runtime.home).get(mapping)  # a wrong name is told before anything is read
        options["mapping"] = mapping
    source = build_source(path, options, {**given, "connector": "file"})
    return replace(source, enabled=False, note="diimpor sekali")  # a crawl does not read it again


def _named_without_people(source: Source, given: dict[str, str | None]) -> Source:
    """A chat's file is named after a person or a group: its source is not."""
    from indices.identity import post_id

    name = f"obrolan-{post_id('whatsapp', Path(source.url).stem)[:8]}"
    return replace(source, id=name, name=given["name"] or f"Obrolan WhatsApp {name[-8:]}")


def _show(runtime: Runtime, source: Source) -> Preview:
    from crawlers.imports.previewing import iter_preview_lines, preview
    from crawlers.work import SourceUnreadableError

    try:
        seen = preview(source, runtime.settings, datetime.now(UTC))
    except SourceUnreadableError as error:
        raise BadInputError(f"{source.url} {error}") from error
    for line in iter_preview_lines(seen, runtime.settings):
        click.echo(line)
    return seen


def _put(runtime: Runtime, source: Source) -> None:
    """A source that is watched stays watched."""
    with runtime.store() as store:
        before = store.find_source(source.id)
        if before is not None and before.connector != "file":
            raise BadInputError(f"source {source.id} is no file; choose another with --id")
        store.put_source(replace(source, enabled=before.enabled) if before else source)


def _crawl(runtime: Runtime, source_id: str) -> None:
    from crawlers.jobs import crawl
    from crawlers.reports import print_report, runs_of

    with runtime.job_context(source=source_id) as context:
        report = crawl(context)
        print_report(report, runs_of(context.store, context.now), as_json=False)
    raise SystemExit(1 if report.counts.get("sources_failed", 0) or report.failed else 0)
