"""`luruskan sources`: which outlets, accounts and files are watched."""

from __future__ import annotations

from dataclasses import replace

import click

from indices.documents import SourceKind
from indices.errors import BadInputError
from indices.runtime import Runtime

_KINDS = click.Choice([kind.value for kind in SourceKind])


@click.group()
def sources() -> None:
    """See and change what is watched.

    \b
    Examples:
      luruskan sources add https://kabarlembah.example/rss
      luruskan sources add https://sosial.example -o hashtag=lembahsarang
      luruskan sources list
    """


@sources.command()
@click.argument("url")
@click.option("--id", "source_id", default="", help="[default: made from the address]")
@click.option("--name", default="", help="[default: made from the address]")
@click.option("--kind", type=_KINDS, help="[default: guessed from connector and address]")
@click.option("--connector", default="", help="feed, sitemap, mastodon or file [default: guessed]")
@click.option("--region", default="", help="Region that its posts are about.")
@click.option("-o", "--option", "options", multiple=True, help="KEY=VALUE for the connector.")
@click.pass_obj
def add(runtime: Runtime, /, url: str, options: tuple[str, ...], **given: str | None) -> None:
    """Watch one more source; nothing is fetched yet.

    \b
    Examples:
      luruskan sources add https://kabarlembah.example/rss --name "Kabar Lembah" --kind press
      luruskan sources add https://sosial.example -o account=kabar@sosial.example
      luruskan sources add ./aduan.csv --kind tipline -o platform=whatsapp
    """
    from crawlers.adding import build_source, read_options

    source = build_source(url, read_options(options), {k: v for k, v in given.items() if v})
    with runtime.store() as store:
        if store.find_source(source.id) is not None:
            raise BadInputError(f"source {source.id} is there already; choose another with --id")
        store.put_source(source)
    click.echo(f"{source.id}\t{source.kind}\t{source.connector}\t{source.url}")


@sources.command("list")
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
        for source in store.iter_sources():
            if as_json:
                click.echo(document_to_json(source))
            else:
                state = "" if source.enabled else "\tdisabled"
                click.echo(f"{source.id}\t{source.kind}\t{source.connector}\t{source.url}{state}")


@sources.command()
@click.argument("source_id")
@click.pass_obj
def enable(runtime: Runtime, source_id: str) -> None:
    """Crawl a source again.

    \b
    Example:
      luruskan sources enable kabar-lembah
    """
    _switch(runtime, source_id, enabled=True)


@sources.command()
@click.argument("source_id")
@click.pass_obj
def disable(runtime: Runtime, source_id: str) -> None:
    """Leave a source out of crawls; what was collected stays.

    \b
    Example:
      luruskan sources disable kabar-lembah
    """
    _switch(runtime, source_id, enabled=False)


@sources.command()
@click.argument("source_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(runtime: Runtime, source_id: str, yes: bool) -> None:
    """Forget a source; what was collected stays.

    \b
    Example:
      luruskan sources remove kabar-lembah
    """
    with runtime.store() as store:
        if store.find_source(source_id) is None:
            raise _unknown(source_id)
        if not yes:
            click.confirm(f"Forget source {source_id}?", abort=True)
        store.delete_source(source_id)


def _switch(runtime: Runtime, source_id: str, *, enabled: bool) -> None:
    with runtime.store() as store:
        source = store.find_source(source_id)
        if source is None:
            raise _unknown(source_id)
        store.put_source(replace(source, enabled=enabled))


def _unknown(source_id: str) -> BadInputError:
    return BadInputError(f"no source {source_id!r}; `luruskan sources list` names them all")
