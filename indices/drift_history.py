"""How far each week's posts drifted: written by the classifier, read by the desk, a line a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indices.histories import append_line, read_lines
from indices.model_history import models_dir

FILE = "drift.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfPosts:
    """One week against the four before it."""

    week: str
    """ISO week that had ended, `2026-W47`; no week is measured twice."""
    measured_at: datetime
    model: str
    """The model that assessed most of the week."""
    n_posts: int
    n_before: int
    flagged_share: float
    flagged_before: float
    distances: Mapping[str, float] = field(default_factory=dict)
    """Population stability index by what was compared; for `meaning` the distance of the middles
    in units of their spread."""
    drifted: tuple[str, ...] = ()
    """Which of them are further than chance and the usual bounds allow."""


def append_week(home: Path, week: WeekOfPosts) -> None:
    """Keep a week's figures."""
    append_line(models_dir(home) / FILE, week)


def read_drift(home: Path) -> list[WeekOfPosts]:
    """Newest first."""
    return read_lines(models_dir(home) / FILE, WeekOfPosts)
