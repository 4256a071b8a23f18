"""How an office's model changed: written by the classifier, read by the desk, one line a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from indices.histories import append_line, read_lines

FILE = "history.ndjson"


class ChangeKind(StrEnum):
    """What happened to the model."""

    LEARNT = "learnt"
    REFUSED = "refused"
    """It learnt, was found worse, and was not put to use."""
    CHOSEN = "chosen"
    """A person went back, or to another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a model stands towards the office's own posts; None where nothing could be measured."""

    threshold: float
    false_flags: float | None = None
    """Share of ordinary posts flagged, of posts it had not learnt."""
    hoaxes_flagged: float | None = None
    """Share of known hoaxes it may be expected to flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChange:
    """One line of the history."""

    kind: ChangeKind
    at: datetime
    model: str
    """The model that was learnt, refused or chosen."""
    before: str
    """The model that was in use until then."""
    n_posts: int = 0
    """How many presumed ordinary posts it learnt from."""
    n_reviews: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    """How many posts were not learnt from, by reason."""
    was: Standing | None = None
    now: Standing | None = None
    reasons: tuple[str, ...] = ()
    """Why it was refused, in Indonesian."""


def models_dir(home: Path) -> Path:
    """Where an office keeps what its model became."""
    return home / "models"


def append_change(home: Path, change: ModelChange) -> None:
    """Add a line; a kill leaves it whole or absent but for an unfinished last line."""
    append_line(models_dir(home) / FILE, change)


def read_changes(home: Path) -> list[ModelChange]:
    """Newest first; a line that a kill left unfinished is passed over."""
    return read_lines(models_dir(home) / FILE, ModelChange)
