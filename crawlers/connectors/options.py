"""Checks of what a source's options may say."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawlers.imports.mapping import read_columns
from indices.errors import BadInputError
from indices.relevance import CHOICES

_CHANNEL = re.compile(r"^/(?:s/)?([A-Za-z]\w{2,63})/?$")

OptionCheck = Callable[[str, str], None]
"""Called with what names the option to a person, and its value."""


def a_name(what: str, value: str) -> None:
    """Any words, but some."""
    if not value.strip() or len(value) > 500:
        raise BadInputError(f"{what} is empty or too long")


def a_number(what: str, value: str) -> None:
    """A whole number from 0."""
    if not value.isdecimal() or len(value) > 6:
        raise BadInputError(f"{what} must be a whole number, not {value!r}")


def yes_or_no(what: str, value: str) -> None:
    """One of the words that `SourceWork.is_on` reads."""
    if value.lower() not in {"yes", "no", "ya", "tidak", "true", "false", "1", "0", "on", "off"}:
        raise BadInputError(f"{what} must be yes or no, not {value!r}")


def a_zone(what: str, value: str) -> None:
    """A time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInputError(f"{what} must be a time zone such as Asia/Makassar") from error


def sites(what: str, value: str) -> None:
    """Host names, separated by commas."""
    if any(not site.strip() or "/" in site or " " in site.strip() for site in value.split(",")):
        raise BadInputError(
            f"{what} must be host names separated by commas, e.g. kabar.id,kabar.com"
        )


def telegram_channel(url: str) -> str:
    """The channel's name in `https://t.me/NAME` or `https://t.me/s/NAME`; empty without one."""
    found = _CHANNEL.match(urlsplit(url).path)
    return found[1] if found else ""


def a_channel(what: str, url: str) -> None:
    """An address that names a public channel of Telegram."""
    if not telegram_channel(url):
        raise BadInputError(
            f"{what}: {url!r} names no public channel; write https://t.me/CHANNEL "
            "(invitations t.me/+... are private and cannot be read)"
        )


def a_selector(what: str, value: str) -> None:
    """A CSS selector."""
    from crawlers.extraction.selectors import compile_selector

    try:
        compile_selector(value)
    except ValueError as error:
        text = f"{what} must be a CSS selector such as .daftar h3 a ({error})"
        raise BadInputError(text) from error


def a_mapping(what: str, value: str) -> None:
    """Fields of a post and the columns they come from."""
    try:
        read_columns(value)
    except BadInputError as error:
        raise BadInputError(f"{what}: {error}") from error


def a_relevance(what: str, value: str) -> None:
    """Which posts are kept."""
    if value not in CHOICES:
        raise BadInputError(f"{what} must be {', '.join(CHOICES[:-1])} or {CHOICES[-1]}")


def an_order(what: str, value: str) -> None:
    """Which number of a date comes first."""
    if value not in {"day", "month", "year"}:
        raise BadInputError(f"{what} must be day, month or year, not {value!r}")
