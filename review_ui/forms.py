"""Typed values out of what a browser sent; anything else is a bad request."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import abort, request
from werkzeug.routing import IntegerConverter

LARGEST_NUMBER = 2**31 - 1
"""What every database takes as a row's number."""
_MOST_VALUES = 50
Word = TypeVar("Word", bound=StrEnum)


class RowNumberConverter(IntegerConverter):
    """A number in an address; one that no row can have is an address that does not exist."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"max": LARGEST_NUMBER, **more})


def refuse_unreadable() -> None:
    """No page takes JSON, and no honest browser sends NUL, which databases refuse."""
    if request.is_json:
        abort(415)
    values = chain(request.args.items(multi=True), request.form.items(multi=True))
    if "\x00" in request.path or any("\x00" in f"{name}{value}" for name, value in values):
        abort(400)


def read_text(name: str, longest: int = 10_000) -> str:
    """A field's text with plain line ends; 413 when it is longer than any honest one."""
    text = request.form.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > longest:
        abort(413)
    return text


def read_word(name: str, words: type[Word]) -> Word:
    """One of the known words."""
    try:
        return words(request.form.get(name, ""))
    except ValueError:
        abort(400)


def read_optional_word(name: str, words: type[Word]) -> Word | None:
    """One of the known words, or none."""
    return read_word(name, words) if request.form.get(name) else None


def read_words(values: list[str], words: type[Word]) -> tuple[Word, ...]:
    """The known words among values of an address; the rest is ignored."""
    known = {word.value: word for word in words}
    return tuple(known[value] for value in values if value in known)


def read_number(name: str) -> int:
    """A row's number or version."""
    number = _to_number(request.form.get(name, ""))
    return abort(400) if number is None else number


def read_optional_number(name: str) -> int | None:
    """A row's number or version, or none."""
    return read_number(name) if request.form.get(name) else None


def read_place(name: str) -> int | None:
    """Where a list goes on, from the address; anything else is its beginning."""
    return _to_number(request.args.get(name, ""))


def read_values(name: str) -> tuple[str, ...]:
    """What an address asks for by this name, no more than a page could have offered."""
    return tuple(filter(None, request.args.getlist(name)))[:_MOST_VALUES]


def _to_number(text: str) -> int | None:
    try:
        number = int(text)
    except ValueError:
        return None
    return number if 0 <= number <= LARGEST_NUMBER else None


def read_date(text: str) -> date | None:
    """An ISO date, or none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def safe_next(fallback: str) -> str:
    """Where to go on: a path of this site that the form named, else the fallback."""
    wanted = request.form.get("next", "")
    return wanted if is_own_path(wanted) else fallback


def is_own_path(wanted: str) -> bool:
    """Whether every browser takes it for a path of this site."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return False
    if parts.scheme or parts.netloc or any(sign in wanted for sign in "\\\r\n\t"):
        return False
    return wanted.startswith("/") and not wanted.startswith("//")
