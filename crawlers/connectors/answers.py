"""Answers of interfaces: JSON that may be anything, read so that nothing it holds can hurt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crawlers.extraction.plain import storable
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError


def read_json(fetched: Fetched, platform: str) -> Any:
    """What the body says; numbers that are none (`NaN`) become None.

    Raises:
        SourceUnreadableError: it is no JSON, or nested too deep to be read.
    """
    try:
        return json.loads(fetched.body, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        text = f"does not answer with JSON as {platform} does; has the interface changed?"
        raise SourceUnreadableError(text) from error


def part(values: Any, *names: str) -> Any:
    """What stands there, None when the way to it is missing."""
    for name in names:
        values = values.get(name) if isinstance(values, Mapping) else None
    return values


def words(values: Any, *names: str) -> str:
    """The text that stands there, fit to be stored, else nothing."""
    found = part(values, *names)
    return storable(found) if isinstance(found, str) else ""


def objects(values: Any, *names: str) -> Sequence[Mapping[str, Any]]:
    """The objects of the list that stands there; whatever else it holds is left out."""
    found = part(values, *names)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def listed(values: Any, name: str, platform: str) -> list[Any]:
    """The list without which the answer is not what the platform gives.

    Raises:
        SourceUnreadableError: it is not there.
    """
    found = part(values, name)
    if not isinstance(found, list):
        text = f"does not answer as {platform} does: no list {name!r}; has the interface changed?"
        raise SourceUnreadableError(text)
    return found
