"""Rows of one sheet of a workbook: a broken cell costs its own row, and no number is believed.

openpyxl's reader of whole sheets ends at the first cell it cannot read, fills up to whatever row a
file names, and leaves out rows whose numbers go back; so only its reader of cells is used here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from crawlers.work import SourceUnreadableError

_MOST_COLUMNS = 200
_MOST_ELEMENTS = 300_000
"""Of one row, or before the first: Excel's widest row has 16,384 cells of a few elements each."""
_LAST_ROW = 1_048_576
"""Excel has no more."""
_LONGEST_CELL = 200_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that the sheet holds; empty ones that it leaves out are not made up."""

    number: int
    """As a person sees it beside the row."""
    cells: list[str]
    fault: str = ""
    """Which cell could not be read, and why."""


def iter_sheet(book: Any, sheet: Any) -> Iterator[SheetRow]:
    """Rows in the order of the file; every number is above the one before.

    Args:
        book: an openpyxl workbook opened read only.
        sheet: one of its worksheets.

    Raises:
        SourceUnreadableError: a row holds more than any program writes.
        Exception: the sheet is no XML; rows before the break were given.
    """
    with sheet._get_source() as source:
        cells = _cell_reader(book, sheet, source)
        last = 0
        for element in _row_elements(source):
            last = _number(element.get("r", ""), last)
            yield _read_row(cells, element, last)


def _cell_reader(book: Any, sheet: Any, source: Any) -> Any:
    return WorkSheetParser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _row_elements(source: Any) -> Iterator[Any]:
    """Each row, forgotten once it was read; what stands behind the rows is not read at all."""
    sheet_data, held = None, 0
    for event, element in iterparse(source, events=("start", "end")):
        held += 1
        if held > 2 * _MOST_ELEMENTS:
            raise SourceUnreadableError("has a row with more in it than any sheet; save it as CSV")
        if event == "start":
            sheet_data = element if element.tag == DATA_TAG else sheet_data
        elif element.tag == ROW_TAG and sheet_data is not None:
            yield element
            sheet_data.clear()
            held = 0
        elif element is sheet_data:
            return


def _number(told: str, last: int) -> int:
    """What the row says of itself where that can be, else one more than the row before."""
    number = int(told) if told.isdecimal() and len(told) <= len(str(_LAST_ROW)) else 0
    return number if last < number <= _LAST_ROW else last + 1


def _read_row(reader: Any, element: Any, number: int) -> SheetRow:
    reader.col_counter = 0
    texts: dict[int, str] = {}
    fault = ""
    for child in element:
        try:
            cell = reader.parse_cell(child)
            texts[cell["column"]] = _text(cell["value"])
        except Exception as error:  # noqa: BLE001 (whatever openpyxl raises, it is this cell's)
            place = child.get("r", f"{reader.col_counter} of row {number}")[:20]
            fault = fault or f"cell {place} cannot be read ({str(error)[:100]})"
    within = [column for column in texts if 1 <= column <= _MOST_COLUMNS]
    cells = [texts.get(column, "") for column in range(1, max(within, default=0) + 1)]
    return SheetRow(number, cells, fault)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(unescape(str(value)[:_LONGEST_CELL])).strip()
