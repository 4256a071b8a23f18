"""Real pages with what a person says they hold."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """One article page and its expected values."""

    name: str
    url: str
    body: bytes
    title: str
    published_at: datetime
    text: str


def load_pages() -> Iterator[ExpectedPage]:
    """The article pages under `LURUSKAN_TEST_DATA`."""
    folder = Path(os.environ["LURUSKAN_TEST_DATA"]) / "html" / "news_pages_2017"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name, values in sorted(expected.items()):
        if "content" in values:
            yield ExpectedPage(
                name=name.removesuffix(".html"),
                url=values["url"],
                body=(folder / name).read_bytes(),
                title=values["title"],
                published_at=datetime.fromtimestamp(values["date"] / 1000, UTC),
                text=values["content"],
            )
