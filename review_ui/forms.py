"""Typed values out of what a browser sent; anything else is a bad request."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from flask import abort, request

Word = TypeVar("Word", bound=StrEnum)


def read_text(name: str, longest: int = 10_000) -> str:
    """A field's text with plain line ends; 413 when it is longer than any honest one."""
    text = request.form.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > longest:
        abort(413)
    return text.replace("\x00", "")


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
    """A whole number."""
    try:
        return int(request.form.get(name, ""))
    except ValueError:
        abort(400)


def read_date(text: str) -> date | None:
    """An ISO date, or none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def safe_next(fallback: str) -> str:
    """Where to go on: a path of this site that the form named, else the fallback."""
    wanted = request.form.get("next", "")
    parts = urlsplit(wanted)
    here = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    plain = here and not parts.scheme and not parts.netloc and "\n" not in wanted
    return wanted if plain and "\\" not in wanted and "\r" not in wanted else fallback
