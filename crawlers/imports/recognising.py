"""What a given file is, found by looking inside, never by its name alone."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.imports import workbooks
from crawlers.imports.captures import is_four_cat, is_zeeschuimer
from crawlers.imports.chats import is_chat, recognise_chat
from crawlers.imports.rows import Recognised, Row
from crawlers.imports.tables import (
    iter_csv_rows,
    iter_json_rows,
    iter_list_rows,
    read_csv_header,
)
from crawlers.work import SourceUnreadableError

_SNIFFED_BYTES = 64_000
_SNIFFED_LINES = 20
_FOUR_CAT_COLUMNS = {"thread_id", "unix_timestamp", "body"}


def recognise(path: Path, zone: ZoneInfo, key: str, date_order: str = "") -> Recognised:
    """The form of a file, with a line that says so.

    Raises:
        SourceUnreadableError: it cannot be read, or is none of the forms known.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_SNIFFED_BYTES)
        if head.startswith(b"PK"):
            return _recognise_zip(path, zone, key, date_order)
        if is_chat(path):
            return recognise_chat(path, zone, key, date_order)
        return _recognise_text(path, head)
    except OSError as error:
        text = f"cannot be read ({error.strerror}); check its path and owner"
        raise SourceUnreadableError(text) from error


def _recognise_zip(path: Path, zone: ZoneInfo, key: str, date_order: str) -> Recognised:
    if workbooks.is_workbook(path):
        title, names, row, sheets = workbooks.read_header(path)
        others = f", {sheets - 1} other sheets are not read" if sheets > 1 else ""
        return Recognised(
            form="xlsx",
            description=f"XLSX workbook, sheet {title!r}, column names in row {row}{others}",
            open_rows=lambda: workbooks.iter_sheet_rows(path),
            header=names,
        )
    if zipfile.is_zipfile(path) and is_chat(path):
        return recognise_chat(path, zone, key, date_order)
    raise SourceUnreadableError(
        "is a binary file, neither an XLSX workbook nor a zipped chat; export it as CSV or NDJSON"
    )


def _recognise_text(path: Path, head: bytes) -> Recognised:
    encoding = _encoding(head)
    sample = head.decode(encoding, "replace")
    start = sample.lstrip("\ufeff \r\n\t")[:1]
    if not start:
        raise SourceUnreadableError("is empty")
    if "\0" in sample:
        raise SourceUnreadableError("is a binary file; export it as CSV or NDJSON")
    if start == "[":
        return Recognised(
            form="ndjson",
            description="one JSON list",
            open_rows=lambda: iter_list_rows(path, encoding),
        )
    if _is_ndjson(sample):
        rows = _opener(path, encoding, iter_json_rows)
        form, description = _describe_json(sample)
        return Recognised(form=form, description=description, open_rows=rows)
    header = read_csv_header(sample)
    is_four_cat_table = set(header.names) >= _FOUR_CAT_COLUMNS
    below = f", column names in row {header.row}" if header.row > 1 else ""
    called = "CSV of 4CAT" if is_four_cat_table else "CSV"
    return Recognised(
        form="4cat" if is_four_cat_table else "csv",
        description=f"{called}, {len(header.names)} columns{below}",
        open_rows=_opener(path, encoding, lambda stream: iter_csv_rows(stream, sample)),
        header=header.names,
    )


def _opener(
    path: Path, encoding: str, read: Callable[[io.TextIOWrapper], Iterator[Row]]
) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            yield from read(stream)

    return rows


def _describe_json(sample: str) -> tuple[str, str]:
    item = _first_object(sample)
    if is_zeeschuimer(item):
        return "zeeschuimer", f"NDJSON of Zeeschuimer ({item.get('source_platform')})"
    if is_four_cat(item):
        meta = item["__import_meta"]
        return "4cat", f"NDJSON of 4CAT ({meta.get('source_platform', 'no platform named')})"
    if sample.count('"source_platform"') and sample.count('"nav_index"'):
        return "zeeschuimer", "NDJSON of Zeeschuimer"
    if '"__import_meta"' in sample:
        return "4cat", "NDJSON of 4CAT"
    return "ndjson", "NDJSON, one object a line"


def _first_object(sample: str) -> Mapping[str, Any]:
    """Empty where even the first item is longer than the sample."""
    for line in sample.lstrip("\ufeff").splitlines()[:_SNIFFED_LINES]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return {}


def _is_ndjson(head: str) -> bool:
    """One of the first lines opens an object: the very first may be broken."""
    lines = head.lstrip("\ufeff").splitlines()[:_SNIFFED_LINES]
    return any(line.lstrip().startswith("{") for line in lines)


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
