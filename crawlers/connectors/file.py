"""Exports of posts in a file: NDJSON, or CSV whatever its delimiter, each bad line named."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crawlers.connectors.columns import Columns
from crawlers.dispositions import Disposition
from crawlers.work import SourceUnreadableError, SourceWork

_LONGEST_LINE = 1_000_000
_SNIFFED_BYTES = 64_000
_SNIFFED_LINES = 20
_MOST_ROWS = 5_000_000
Row = tuple[int, Mapping[str, Any] | str]
"""Line number, and the row or why it cannot be read."""


async def collect_file(work: SourceWork) -> Mapping[str, str]:
    """Read every row; rows that are known end as duplicates, so a longer file can replace it."""
    path = Path(work.source.url.removeprefix("file://")).expanduser()
    columns = Columns(work)
    for number, row in _open_rows(path):
        ticket = work.tally.find(f"{path.name} line {number}")
        if work.fetcher.stopping or work.writer.failure:
            ticket.end(Disposition.FAILED_NOT_REACHED, "the crawl was stopped before it")
            break
        if isinstance(row, str):
            ticket.end(Disposition.FAILED_PARSE, row)
            continue
        try:
            post = columns.build(row)
        except ValueError as error:
            ticket.end(Disposition.FAILED_PARSE, str(error)[:300])
            continue
        await work.add(post, None, ticket)
    await work.writer.flush()
    return {}


def _open_rows(path: Path) -> Iterator[Row]:
    try:
        with path.open("rb") as stream:
            head = stream.read(_SNIFFED_BYTES)
            stream.seek(0)
            encoding = _encoding(head)
            text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
            yield from _rows(text, head.decode(encoding, "replace"))
    except OSError as error:
        text_error = f"cannot be read ({error.strerror}); check its path and owner"
        raise SourceUnreadableError(text_error) from error


def _encoding(head: bytes) -> str:
    """UTF-8 when the bytes are; a character cut at the end of the sample is no reason to doubt."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        decoder.decode(head, final=len(head) < _SNIFFED_BYTES)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(stream: io.TextIOWrapper, head: str) -> Iterator[Row]:
    start = head.lstrip("\ufeff \r\n\t")[:1]
    if not start:
        raise SourceUnreadableError("is empty")
    if "\0" in head:
        raise SourceUnreadableError("is a binary file; export it as CSV or NDJSON")
    if start == "[":
        raise SourceUnreadableError("is one JSON list; write one object a line: jq -c '.[]'")
    yield from _json_rows(stream) if _is_ndjson(head) else _csv_rows(stream, head)


def _is_ndjson(head: str) -> bool:
    """One of the first lines opens an object: the very first may be broken."""
    lines = head.lstrip("\ufeff").splitlines()[:_SNIFFED_LINES]
    return any(line.lstrip().startswith("{") for line in lines)


def _json_rows(stream: io.TextIOWrapper) -> Iterator[Row]:
    for number in range(1, _MOST_ROWS):
        line = stream.readline(_LONGEST_LINE)
        if not line:
            return
        if len(line) >= _LONGEST_LINE and not line.endswith("\n"):
            _skip_line(stream)
            yield number, f"is longer than {_LONGEST_LINE} characters"
        elif line.strip():
            yield number, _json_row(line)


def _json_row(line: str) -> Mapping[str, Any] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"is not JSON ({str(error)[:100]})"
    return row if isinstance(row, dict) else "is JSON, but not an object"


def _skip_line(stream: io.TextIOWrapper) -> None:
    while (more := stream.readline(_LONGEST_LINE)) and not more.endswith("\n"):
        pass


def _csv_rows(stream: io.TextIOWrapper, head: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_LINE)
    reader = csv.reader(stream, delimiter=_delimiter(head))
    names: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, f"is no CSV row ({error})"
            continue
        if not names:
            names = [cell.strip() for cell in cells]
        elif any(cell.strip() for cell in cells):
            yield reader.line_num, _csv_row(names, cells)


def _csv_row(names: list[str], cells: list[str]) -> Mapping[str, Any] | str:
    if len(cells) != len(names):
        return f"has {len(cells)} cells where the first line names {len(names)}"
    return dict(zip(names, cells, strict=True))


def _delimiter(head: str) -> str:
    first = head.lstrip("\ufeff").splitlines()[0]
    return max(",;\t|", key=first.count)
