"""Exports and lists in a file, whatever their form: each row ends once, each bad one is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from crawlers.connectors.columns import Columns
from crawlers.dispositions import Disposition
from crawlers.imports.recognising import recognise
from crawlers.imports.rows import NotAPostError, Recognised, Row
from crawlers.recording.evidence import FileRow
from crawlers.work import SourceWork, zone_of
from indices.documents import Post, Source
from indices.settings import Settings


async def collect_file(work: SourceWork) -> Mapping[str, str]:
    """Read every row; rows that are known end as duplicates, so a longer file can replace it."""
    path = path_of(work.source)
    file = recognise_source(work.source, work.settings)
    columns = Columns(work.source, work.settings, file)
    # a chat's file is named after a person or a group; logs and evidence name its source
    name = work.source.id if file.form == "whatsapp" else path.name
    for row in file.open_rows():
        now = work.clock.now()
        ticket = work.tally.find(f"{name} line {row.number}")
        if work.fetcher.stopping or work.writer.failure:
            ticket.end(Disposition.FAILED_NOT_REACHED, "the crawl was stopped before it")
            break
        post, end, detail = read_row(columns, row, now)
        if post is None:
            ticket.end(end, detail)
            continue
        await work.add(post, FileRow(name, row.number, row.raw, file.media_type, now), ticket)
    await work.writer.flush()
    return {"form": file.form}


def path_of(source: Source) -> Path:
    """The file on this machine."""
    return Path(source.url.removeprefix("file://")).expanduser()


def recognise_source(source: Source, settings: Settings) -> Recognised:
    """What the file of a source is.

    Raises:
        SourceUnreadableError: it cannot be read.
    """
    key = settings.crawl.pseudonym_key.get_secret_value()
    order = source.options.get("date_order", "")
    return recognise(path_of(source), zone_of(source), key, order)


def read_row(columns: Columns, row: Row, now: datetime) -> tuple[Post | None, Disposition, str]:
    """Its post, or how it ends without one and why."""
    if row.values is None:
        return None, row.disposition, row.fault
    try:
        return columns.build(row.values, now), Disposition.STORED, ""
    except NotAPostError as error:
        return None, error.disposition, str(error)[:300]
    except ValueError as error:
        return None, Disposition.FAILED_PARSE, str(error)[:300]
    except Exception as error:  # noqa: BLE001 (counted and named; one bad row never stops a file)
        return None, Disposition.FAILED_PARSE, f"{type(error).__name__}: {error}"[:300]
