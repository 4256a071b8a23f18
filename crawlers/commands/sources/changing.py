"""`luruskan sources add|edit|enable|disable|remove`; each says how to take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import click

from crawlers.commands.sources.finding import as_line, get_source
from indices.documents import CrawlState, Source, SourceKind
from indices.runtime import Runtime
from indices.store import Store

KINDS = click.Choice([kind.value for kind in SourceKind])
"""For every option that asks for a kind of source."""


@click.command()
@click.argument("url")
@click.option("--id", "source_id", default="", help="[default: made from the address]")
@click.option("--name", default="", help="[default: made from the address]")
@click.option("--kind", type=KINDS, help="[default: guessed from connector and address]")
@click.option("--connector", default="", help="How it publishes [default: guessed]")
@click.option("--region", default="", help="Region that its posts are about.")
@click.option("-o", "--option", "options", multiple=True, help="KEY=VALUE for the connector.")
@click.pass_obj
def add(runtime: Runtime, /, url: str, options: tuple[str, ...], **given: str | None) -> None:
    """Watch one more source; nothing is fetched yet.

    The connectors are feed, sitemap, file, mastodon, bluesky, jetstream, telegram, youtube and x;
    docs/collecting.md says what each can and cannot see. Keys are settings, never options.

    \b
    Examples:
      luruskan sources add https://kabarlembah.example/rss --kind press
      luruskan sources add https://sosial.example -o account=kabar@sosial.example
      luruskan sources add https://t.me/kabarlembah
      luruskan sources add https://bsky.app -o search="banjir lembah"
      luruskan sources add https://jetstream2.us-east.bsky.network -o words=banjir
      luruskan sources add https://www.youtube.com -o channel=@kabarlembah
      luruskan sources add https://x.com -o search="banjir lembah lang:id"
      luruskan sources add ./aduan.csv --kind tipline -o platform=whatsapp
    """
    from crawlers.adding import build_source, read_options, with_free_id

    source = build_source(url, read_options(options), {k: v for k, v in given.items() if v})
    with runtime.store() as store:
        source = with_free_id(source, store.iter_sources(), given=bool(given["source_id"]))
        store.put_source(source)
    click.echo(as_line(source))


@click.command()
@click.argument("source_id")
@click.option("--name", help="How people know it.")
@click.option("--kind", type=KINDS, help="Who speaks there.")
@click.option("--connector", help="How it publishes.")
@click.option("--url", help="Its address.")
@click.option("--region", help="Region that its posts are about.")
@click.option("--note", help="What colleagues should know of it.")
@click.option("-o", "--option", "options", multiple=True, help="KEY=VALUE; KEY= takes it away.")
@click.pass_obj
def edit(
    runtime: Runtime, /, source_id: str, options: tuple[str, ...], **changes: str | None
) -> None:
    """Change a source; prints what was and what is.

    \b
    Examples:
      luruskan sources edit kabar-lembah --url https://kabarlembah.example/feed
      luruskan sources edit kabar-lembah -o timezone=Asia/Makassar -o days=
    """
    from crawlers.adding import changed_source

    with runtime.store() as store:
        before = get_source(store, source_id)
        after = changed_source(before, {k: v for k, v in changes.items() if v is not None}, options)
        if after == before:
            click.echo("nothing to change")
            return
        store.put_source(after)
        if (before.url, before.connector) != (after.url, after.connector):
            _forget_memory(store, source_id)
    for name in ("name", "kind", "connector", "url", "region", "note", "options"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            click.echo(f"{name}\t{_said(was)}\t->\t{_said(now)}")


@click.command()
@click.argument("source_id")
@click.pass_obj
def enable(runtime: Runtime, source_id: str) -> None:
    """Crawl a source again, a paused one too.

    \b
    Example:
      luruskan sources enable kabar-lembah
    """
    from crawlers.polling.due import resume

    _switch(runtime, source_id, enabled=True)
    with runtime.store() as store:
        resume(store, source_id, datetime.now(UTC))


@click.command()
@click.argument("source_id")
@click.pass_obj
def disable(runtime: Runtime, source_id: str) -> None:
    """Leave a source out of crawls; what was collected stays.

    \b
    Example:
      luruskan sources disable kabar-lembah
    """
    _switch(runtime, source_id, enabled=False)


@click.command()
@click.argument("source_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove(runtime: Runtime, source_id: str, yes: bool) -> None:
    """Forget a source; what was collected stays.

    Prints the source as TOML: `luruskan sources import` takes it back.

    \b
    Example:
      luruskan sources remove kabar-lembah > kabar-lembah.toml
    """
    from crawlers.catalogue.toml import write_entries

    with runtime.store() as store:
        source = get_source(store, source_id)
        if not yes:
            click.confirm(f"Forget source {source_id}?", abort=True, err=True)
        store.delete_source(source_id)
    click.echo(write_entries([source]), nl=False)


def _switch(runtime: Runtime, source_id: str, *, enabled: bool) -> None:
    with runtime.store() as store:
        source: Source = replace(get_source(store, source_id), enabled=enabled)
        store.put_source(source)
    click.echo(as_line(source))


def _forget_memory(store: Store, source_id: str) -> None:
    """Marks and cursors of another address say nothing of this one."""
    store.put_crawl_state(CrawlState(source_id=source_id, updated_at=datetime.now(UTC)))


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}={word}" for name, word in sorted(value.items())) or "-"
    return str(value) or "-"
