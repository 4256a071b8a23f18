"""A parsed page with what it says of itself to machines, read once for all who ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from lxml.html import HtmlElement as Element

from crawlers.extraction.dates import WESTERN
from crawlers.extraction.structured import MetaElements, find_article


@dataclass(slots=True)
class Page:
    """One page while it is read."""

    tree: Element
    url: str
    zone: tzinfo = WESTERN
    """What a time without a zone means at this outlet."""
    now: datetime | None = None
    """Times later than tomorrow are not believed, where given."""
    meta: MetaElements = field(init=False)
    described: dict[str, Any] = field(init=False)
    """The JSON-LD object of the article; empty when there is none."""

    def __post_init__(self) -> None:
        self.meta = MetaElements(self.tree)
        self.described = find_article(self.tree)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where on the page it stood; both empty when there is none."""

    value: str = ""
    why: str = ""
