"""Rows of text files: CSV whatever its delimiter, NDJSON, and one JSON list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from crawlers.imports.mapping import HEADER_ROWS, find_header, is_a_column, names_a_text
from crawlers.imports.rows import LONGEST_LINE, MOST_ROWS, Row
from crawlers.work import SourceUnreadableError

_LARGEST_LIST = 64_000_000
_DELIMITERS = ",;\t|"


def iter_json_rows(stream: io.TextIOWrapper) -> Iterator[Row]:
    """One object a line."""
    for number in range(1, MOST_ROWS):
        line = stream.readline(LONGEST_LINE)
        if not line:
            return
        if len(line) >= LONGEST_LINE and not line.endswith("\n"):
            _skip_line(stream)
            yield Row(number=number, fault=f"is longer than {LONGEST_LINE} characters")
        elif line.strip():
            yield _json_row(number, line)


def iter_list_rows(path: Path, encoding: str) -> Iterator[Row]:
    """The objects of one JSON list.

    Raises:
        SourceUnreadableError: it is too large to be read at once, or no JSON.
    """
    if path.stat().st_size > _LARGEST_LIST:
        raise SourceUnreadableError(
            "is a very long JSON list; write one object a line: jq -c '.[]'"
        )
    try:
        items = json.loads(path.read_text(encoding=encoding, errors="replace"))
    except (ValueError, RecursionError) as error:
        raise SourceUnreadableError(f"is a JSON list that breaks off ({error})") from error
    for number, item in enumerate(items, start=1):
        yield _object_row(number, item, json.dumps(item, ensure_ascii=False))


def iter_csv_rows(stream: io.TextIOWrapper, head: str) -> Iterator[Row]:
    """Rows under the names of the columns; a cell is data, whatever it begins with."""
    csv.field_size_limit(LONGEST_LINE)
    header = read_csv_header(head)
    reader = csv.reader(stream, delimiter=header.delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number=reader.line_num, fault=f"is no CSV row ({error})")
            continue
        if number > header.row and any(cell.strip() for cell in cells):
            yield _csv_row(reader.line_num, header.names, cells)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the names of a table's columns stand."""

    names: tuple[str, ...]
    row: int
    delimiter: str


def read_csv_header(head: str) -> Header:
    """The names of the first line, or below a title that stands alone there.

    Raises:
        SourceUnreadableError: it does not begin with a CSV row.
    """
    head = head.lstrip("\ufeff")
    delimiter = _find_delimiter(head)
    try:
        first = next(_rows(head, delimiter), [])
    except csv.Error as error:
        raise SourceUnreadableError(f"does not begin with a CSV row ({error})") from error
    if sum(map(bool, first)) > 1 or is_a_column(first):
        return Header(tuple(first), 1, delimiter)
    return _find_below(head) or Header(tuple(first), 1, delimiter)


def _find_below(head: str) -> Header | None:
    """The highest row that names a text, whatever mark parts it."""
    found: list[Header] = []
    for delimiter in _DELIMITERS:
        try:
            rows = dict(enumerate(islice(_rows(head, delimiter), HEADER_ROWS), 1))
        except csv.Error:
            continue
        header = find_header(rows.items())
        if header and names_a_text(header[1]):
            # its last cells may be empty, and rows have as many
            found.append(Header(tuple(rows[header[0]]), header[0], delimiter))
    return min(found, key=lambda each: (each.row, -len(each.names)), default=None)


def _rows(head: str, delimiter: str) -> Iterator[list[str]]:
    for cells in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in cells]


def _find_delimiter(head: str) -> str:
    """The mark that the first line holds most of."""
    first = (head.splitlines() or [""])[0]
    return max(_DELIMITERS, key=first.count)


def _json_row(number: int, line: str) -> Row:
    try:
        return _object_row(number, json.loads(line), line)
    except (ValueError, RecursionError) as error:
        return Row(number=number, fault=f"is not JSON ({str(error)[:100]})")


def _object_row(number: int, value: Any, text: str) -> Row:
    if not isinstance(value, Mapping):
        return Row(number=number, fault="is JSON, but not an object")
    return Row(number=number, values=value, raw=text.strip().encode("utf-8", "replace"))


def _csv_row(number: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(names):
        fault = f"has {len(cells)} cells where the first line names {len(names)}"
        return Row(number=number, fault=fault)
    values = dict(zip(names, cells, strict=True))
    raw = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    return Row(number=number, values=values, raw=raw)


def _skip_line(stream: io.TextIOWrapper) -> None:
    while (more := stream.readline(LONGEST_LINE)) and not more.endswith("\n"):
        pass
