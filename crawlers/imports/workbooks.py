"""Rows of an XLSX workbook, read only, bounded, its formulas taken by their last result."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawlers.imports.mapping import HEADER_ROWS, find_header
from crawlers.imports.rows import MOST_ROWS, Row
from crawlers.imports.zips import BROKEN_ZIP
from crawlers.work import SourceUnreadableError

if TYPE_CHECKING:
    from crawlers.imports.sheets import SheetRow

_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 200_000_000
_LARGEST_TRUSTED = 20_000_000
_MOST_PACKED = 100
"""Real sheets shrink by ten to thirty; what was made to burst, by hundreds."""


def is_workbook(path: Path) -> bool:
    """A zip that holds a workbook."""
    try:
        with zipfile.ZipFile(path) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except (*BROKEN_ZIP, OSError):
        return False


def read_header(path: Path) -> tuple[str, tuple[str, ...], int, int]:
    """Sheet, names of its columns, the row they stand in, and how many sheets there are.

    Raises:
        SourceUnreadableError: it is too large unpacked, damaged, or empty.
    """
    with Book(path) as book:
        table = book.find_table()
        return table.sheet.title, table.names, table.row, len(book.sheets())


def iter_sheet_rows(path: Path) -> Iterator[Row]:
    """The rows below the header of the first sheet that has one; empty ones are not counted.

    Raises:
        SourceUnreadableError: as above, or the sheet breaks off behind the rows that were given.
    """
    with Book(path) as book:
        yield from book.iter_rows()


@dataclass(frozen=True, slots=True)
class Table:
    """Where the rows are."""

    sheet: Any
    names: tuple[str, ...]
    row: int
    """That of the names."""


class Book:
    """An open workbook whose every way of breaking is one error."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Book:
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

    def find_table(self) -> Table:
        """The first sheet with names of columns.

        Raises:
            SourceUnreadableError: none has, or it cannot be read.
        """
        for sheet in self.sheets():
            rows = self.rows(sheet, HEADER_ROWS)
            found = find_header((row.number, row.cells) for row in rows)
            if found:
                return Table(sheet, found[1], found[0])
        raise SourceUnreadableError("has no sheet with a row of column names")

    def iter_rows(self) -> Iterator[Row]:
        """Those below the names of columns; empty ones are not counted."""
        table = self.find_table()
        for row in self.rows(table.sheet, MOST_ROWS):
            if row.number > table.row and row.fault:
                yield Row(number=row.number, fault=row.fault)
            elif row.number > table.row and any(row.cells):
                pairs = zip(table.names, row.cells, strict=False)
                values = {name: cell for name, cell in pairs if name}
                raw = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
                yield Row(number=row.number, values=values, raw=raw)

    def rows(self, sheet: Any, most: int) -> Iterator[SheetRow]:
        """So many rows at most; what the file says of its own dimensions is not believed."""
        from crawlers.imports.sheets import iter_sheet

        try:
            yield from islice(iter_sheet(self._book, sheet), most)
        except SourceUnreadableError:
            raise
        except Exception as error:
            raise _damaged(error) from error


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            listed = parts.infolist()
    except (*BROKEN_ZIP, OSError) as error:
        raise _damaged(error) from error
    size = sum(part.file_size for part in listed)
    packed = sum(part.compress_size for part in listed)
    is_bomb = size > _LARGEST_TRUSTED and size > _MOST_PACKED * packed
    if size > _LARGEST_UNPACKED or is_bomb or len(listed) > _MOST_PARTS:
        text = f"is {size // 1_000_000} MB unpacked; save the rows that matter as CSV"
        raise SourceUnreadableError(text)


def _damaged(error: Exception) -> SourceUnreadableError:
    cause = error.__cause__ or error  # openpyxl says only that it could not read
    return SourceUnreadableError(
        f"is no whole XLSX workbook ({type(cause).__name__}: {str(cause)[:100]}); save it again"
    )
