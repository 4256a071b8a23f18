"""Rows of an XLSX workbook, read only, bounded, its formulas taken by their last result."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from crawlers.imports.mapping import propose
from crawlers.imports.rows import MOST_ROWS, Row
from crawlers.work import SourceUnreadableError

_MOST_COLUMNS = 200
_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 200_000_000
_HEADER_ROWS = 20
_LONGEST_CELL = 200_000


def is_workbook(path: Path) -> bool:
    """A zip that holds a workbook."""
    try:
        with zipfile.ZipFile(path) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def read_header(path: Path) -> tuple[str, tuple[str, ...], int, int]:
    """Sheet, names of its columns, the row they stand in, and how many sheets there are.

    Raises:
        SourceUnreadableError: it is too large unpacked, damaged, or empty.
    """
    with _Book(path) as book:
        for sheet in book.sheets():
            found = _find_header(list(book.rows(sheet, _HEADER_ROWS)))
            if found:
                number, names = found
                return sheet.title, names, number, len(book.sheets())
    raise SourceUnreadableError("has no sheet with a row of column names")


def iter_sheet_rows(path: Path) -> Iterator[Row]:
    """The rows below the header of the first sheet that has one."""
    title, names, header_row, _ = read_header(path)
    with _Book(path) as book:
        sheet = next(sheet for sheet in book.sheets() if sheet.title == title)
        for number, cells in enumerate(book.rows(sheet, MOST_ROWS), start=1):
            if number > header_row and any(cells):
                values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
                raw = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
                yield Row(number=number, values=values, raw=raw)


class _Book:
    """An open workbook whose every way of breaking is one error."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> _Book:
        import openpyxl

        _refuse_bombs(self._path)
        # a stream has no name, which openpyxl would judge by its ending
        self._stream = self._path.open("rb")
        self._warnings = warnings.catch_warnings()
        self._warnings.__enter__()
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter to rows
        try:
            self._book: Any = openpyxl.load_workbook(
                self._stream, read_only=True, data_only=True, keep_links=False
            )
        except Exception as error:
            self._stream.close()
            self._warnings.__exit__(None, None, None)
            raise _damaged(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()
        self._stream.close()
        self._warnings.__exit__(None, None, None)

    def sheets(self) -> list[Any]:
        """Those that a person sees and that hold cells."""
        return [sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"]

    def rows(self, sheet: Any, most: int) -> Iterator[list[str]]:
        """Cells as text; what the file says of its own dimensions is not believed."""
        sheet.reset_dimensions()
        try:
            for row in sheet.iter_rows(max_row=most, max_col=_MOST_COLUMNS, values_only=True):
                yield [_text(cell) for cell in row]
        except Exception as error:
            raise _damaged(error) from error


def _find_header(rows: list[list[str]]) -> tuple[int, tuple[str, ...]] | None:
    """The first row that names a text; else the first with two names."""
    named = [
        (number, tuple(cells)) for number, cells in enumerate(rows, 1) if sum(map(bool, cells)) > 1
    ]
    with_text = (each for each in named if {"text", "title"} & propose(each[1]).keys())
    return next(with_text, named[0] if named else None)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:_LONGEST_CELL].strip()


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            listed = parts.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(error) from error
    size = sum(part.file_size for part in listed)
    if size > _LARGEST_UNPACKED or len(listed) > _MOST_PARTS:
        text = f"is {size // 1_000_000} MB unpacked; save the rows that matter as CSV"
        raise SourceUnreadableError(text)


def _damaged(error: Exception) -> SourceUnreadableError:
    return SourceUnreadableError(
        f"is no whole XLSX workbook ({type(error).__name__}: {str(error)[:100]}); save it again"
    )
