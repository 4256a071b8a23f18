"""How near an extraction comes to what a person says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from benchmarks.extraction.pages import ExpectedPage


class Extracted(Protocol):
    """What any extractor gives."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def text(self) -> str:
        """The body."""

    @property
    def published_at(self) -> datetime | None:
        """The time, aware."""


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page."""

    name: str
    title_right: bool
    """The same characters."""
    minute_right: bool
    day_right: bool
    body_f1: float
    """Of word tokens, as bags."""


def score_page(page: ExpectedPage, found: Extracted) -> PageScore:
    """Compare."""
    published = found.published_at
    return PageScore(
        name=page.name,
        title_right=found.title == page.title,
        minute_right=_minute(published) == _minute(page.published_at),
        day_right=published is not None
        and published.astimezone(UTC).date() == page.published_at.date(),
        body_f1=token_f1(found.text, page.text),
    )


def _minute(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp() // 60


def token_f1(found: str, expected: str) -> float:
    """Harmonic mean of precision and recall over word tokens."""
    ours, theirs = _tokens(found), _tokens(expected)
    common = sum((ours & theirs).values())
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * common / total if total else 0.0


def _tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))
