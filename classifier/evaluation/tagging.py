"""What each measured row is: kind of negative, where it was posted, when, and on what subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.cleaning import clean_text
from classifier.topics import suggest_topic
from classifier.training.corpus import ORDINARY_SOURCES, read_pairs
from classifier.training.samples import SCAM_SOURCE, TextRow

Words = NDArray[np.str_]

_PLATFORMS = (
    ("x_", "x"),
    ("yt_", "youtube"),
    ("sms_", "sms"),
    ("headlines_", "news_site"),
    ("leads_", "news_site"),
    ("articles_", "news_site"),
    ("tweets_", "x"),
    ("reviews_", "reviews"),
)
OTHER_TOPIC = "lain-lain"


@dataclass(frozen=True, slots=True)
class Tags:
    """One word of each for every row; shapes (n_rows,)."""

    kinds: Words
    """Empty for what is worth a decision."""
    platforms: Words
    """Empty for hoaxes: the data does not tell where they were posted."""
    periods: Words
    """The month of a hoax's fact-check, empty for ordinary posts."""
    topics: Words


def tag_rows(rows: Sequence[TextRow], directory: Path) -> Tags:
    """Tags of these rows, in their order."""
    kind_of = {source.name: source.kind for source in ORDINARY_SOURCES}
    month_of = {pair.fact_check_id: pair.date[:7] for pair in read_pairs(directory)}
    return Tags(
        kinds=np.array([kind_of.get(row.source, "") for row in rows]),
        platforms=np.array([_platform(row) for row in rows]),
        periods=np.array([month_of.get(row.fact_check_id, "") for row in rows]),
        topics=np.array([topic_of(row.text) for row in rows]),
    )


def topic_of(text: str) -> str:
    """What the classifier would suggest, by words alone: the same for hoaxes and the ordinary."""
    return suggest_topic(clean_text(text)) or OTHER_TOPIC


def _platform(row: TextRow) -> str:
    if row.is_hoax and row.source != SCAM_SOURCE:
        return ""
    return next((name for start, name in _PLATFORMS if row.source.startswith(start)), "")
