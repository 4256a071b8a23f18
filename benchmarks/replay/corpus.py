"""Reads the real posts and articles that the replay serves; they never enter the project."""

from __future__ import annotations

import csv
import gzip
import sys
from dataclasses import dataclass
from pathlib import Path

csv.field_size_limit(sys.maxsize)
OUTLETS = 4
TAGS = {"mbg": "x_mbg_2025_jan_feb", "purbaya": "x_purbaya_2025", "jatim": "x_pilkada_jatim_2024"}


@dataclass(frozen=True)
class Corpus:
    """What is served: one feed an outlet, one timeline a tag."""

    outlets: dict[str, list[tuple[str, str]]]
    """Outlet to its articles, (title, text)."""
    timelines: dict[str, list[str]]
    """Tag to the texts of its posts."""

    @property
    def size(self) -> int:
        """All items."""
        return sum(map(len, self.outlets.values())) + sum(map(len, self.timelines.values()))


def load_corpus(data: Path, articles: int, posts: int) -> Corpus:
    """Take that many articles, split over the outlets, and that many posts, split over the tags."""
    rows = _rows(data / "news_articles_2025.csv.gz")
    pairs = [(row["title"], row["text"]) for row in rows if len(row["text"]) > 400][:articles]
    outlets = {f"outlet-{n + 1}": pairs[n::OUTLETS] for n in range(OUTLETS)}
    share = posts // len(TAGS)
    timelines = {tag: _texts(data / f"{name}.csv.gz")[:share] for tag, name in TAGS.items()}
    return Corpus(outlets=outlets, timelines=timelines)


def _texts(path: Path) -> list[str]:
    return list(dict.fromkeys(row["text"] for row in _rows(path) if row["text"].strip()))


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
