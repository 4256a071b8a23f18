"""One row of a file: what it says under our own names, or why it is no post, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawlers.dispositions import Disposition

LONGEST_LINE = 1_000_000
MOST_ROWS = 5_000_000


class NotAPostError(Exception):
    """A row that was read and is no post; `disposition` counts it."""

    def __init__(self, disposition: Disposition, detail: str) -> None:
        super().__init__(detail)
        self.disposition = disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line, a sheet's row, or a message."""

    number: int
    values: Mapping[str, Any] | None = None
    """By column, or by our own field names; None where it could not be read."""
    raw: bytes = b""
    """As it stands in the file, for the evidence."""
    fault: str = ""
    disposition: Disposition = Disposition.FAILED_PARSE
    """How a row without values ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a file turned out to be."""

    form: str
    """`whatsapp`, `zeeschuimer`, `4cat`, `ndjson`, `csv` or `xlsx`."""
    description: str
    """One line for a person."""
    open_rows: Callable[[], Iterator[Row]]
    header: tuple[str, ...] = ()
    """Names of columns, where there are any."""
    media_type: str = "application/json"
    """Of `Row.raw`."""
    has_own_fields: bool = False
    """Values come under our own names, so that a column mapping has no say."""
