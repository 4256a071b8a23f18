"""`luruskan export` and `luruskan import`: everything the index holds, as lines of JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from indices.errors import BadInputError, LuruskanError
from indices.progress import TerminalProgress
from indices.runtime import Runtime
from indices.whole_files import PRIVATE, whole_file

_SHOWN = 100


@click.command("export")
@click.argument("target", metavar="[FILE|-]", default="-")
@click.option("--force", is_flag=True, help="Replace FILE when it is there already.")
@click.pass_obj
def export_command(runtime: Runtime, target: str, force: bool) -> None:
    """Write everything the index holds as lines of JSON.

    FILE appears when the export is complete, readable by you alone: it holds personal data.

    \b
    Examples:
      luruskan export backup.ndjson
      luruskan export - | gzip >backup.ndjson.gz
    """
    path = None if target == "-" else Path(target)
    if path is not None and path.exists() and not force:
        raise LuruskanError(f"{path}: is there already; say --force to replace it")
    with runtime.store() as store, _output(path) as out:
        from indices.exchange import iter_export

        total = 1 + sum(
            store.check_health().counts.get(name, 0) for name in ("posts", "fact_checks", "sources")
        )
        with TerminalProgress().bar("Exporting", total) as bar:
            for line in iter_export(store, runtime.home):
                out.write(line.encode() + b"\n")
                bar.advance()


@click.command("import")
@click.argument("source", metavar="FILE|-")
@click.pass_obj
def import_command(runtime: Runtime, source: str) -> None:
    """Read what `luruskan export` wrote into the index; the same again changes nothing.

    A line that cannot be read is named and left out, the rest goes in. Exit code 0: all went
    in; 1: lines were left out; 2: FILE is no export.

    \b
    Examples:
      luruskan import backup.ndjson
      gunzip -c backup.ndjson.gz | luruskan import -
    """
    from indices.importing import import_lines

    with _input(source) as stream, runtime.store() as store:
        try:
            with TerminalProgress().bar("Importing", None) as bar:
                report = import_lines(store, stream, bar, home=runtime.home)
        except BadInputError as error:
            raise BadInputError(f"{source}: {error}") from error
        store.refresh()
    for message in report.refused[:_SHOWN]:
        click.echo(message, err=True)
    if len(report.refused) > _SHOWN:
        click.echo(f"... and {len(report.refused) - _SHOWN} more", err=True)
    counts = ", ".join(f"{count} {name}" for name, count in sorted(report.counts.items()))
    click.echo(f"Imported {counts or 'nothing'}; {len(report.refused)} lines left out.")
    raise SystemExit(1 if report.refused else 0)


@contextmanager
def _output(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with whole_file(path, PRIVATE) as out:
            yield out
    except OSError as error:
        raise LuruskanError(f"{path}: {error.strerror}; choose another place") from error


@contextmanager
def _input(source: str) -> Iterator[IO[bytes]]:
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 - closed below; only opening may fail so
    except OSError as error:
        raise LuruskanError(f"{source}: {error.strerror}; name a file to read") from error
    with stream:
        yield stream
