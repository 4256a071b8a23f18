"""What the demo desk did with its cases, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from indices.documents import Post, SourceKind, Verdict
from review_ui.desk.cases import CaseText, Weighing
from review_ui.desk.rebuttals import Citation, RebuttalText
from review_ui.desk.vocabulary import CaseStatus, DecisionKind, FalsehoodType, LinkRole, Mark, Topic

_WATCHED = {SourceKind.PLATFORM, SourceKind.TIPLINE, SourceKind.COMMUNITY}


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """One case and how far it came; hours count from the first post with its claim."""

    text: CaseText
    words: tuple[tuple[str, ...], ...]
    """A post belongs to it when it has one word of each group."""
    press: LinkRole
    """What press articles about it have to do with it."""
    opened_after_hours: float
    hours: Mapping[str, float] = field(default_factory=dict)
    """Of the steps `decided`, `drafted`, `submitted`, `published` and `closed`, where taken."""
    weighing: Weighing | None = None
    rebuttal: RebuttalText | None = None
    exit_status: CaseStatus | None = None
    exit_note: str = ""

    def role_of(self, post: Post) -> LinkRole | None:
        """How a post belongs to the case; None when it does not."""
        words = f"{post.title} {post.text}".lower()
        if not all(any(word in words for word in group) for group in self.words):
            return None
        if post.source_kind is SourceKind.PRESS:
            return self.press
        return LinkRole.CARRIES if post.source_kind in _WATCHED else None


def load_plans() -> list[CasePlan]:
    """All cases of the demo."""
    text = files("review_ui.demo").joinpath("cases.toml").read_text(encoding="utf-8")
    return [_plan(row) for row in tomllib.loads(text)["case"]]


def _plan(row: dict[str, Any]) -> CasePlan:
    decision, rebuttal, left = (row.get(key, {}) for key in ("decision", "rebuttal", "exit"))
    hours = {"decided": decision.get("after_hours"), "closed": left.get("after_hours")}
    hours |= {
        step: rebuttal.get(f"{step}_after_hours") for step in ("drafted", "submitted", "published")
    }
    return CasePlan(
        text=CaseText(claim=row["claim"], title=row["title"], topic=Topic(row["topic"])),
        words=tuple(tuple(group) for group in row["words"]),
        press=LinkRole(row.get("press", LinkRole.MENTIONS.value)),
        opened_after_hours=row["opened_after_hours"],
        hours={step: value for step, value in hours.items() if value is not None},
        weighing=_weighing(decision) if decision else None,
        rebuttal=_rebuttal(rebuttal) if rebuttal else None,
        exit_status=CaseStatus(left["status"]) if left else None,
        exit_note=left.get("note", ""),
    )


def _weighing(row: dict[str, Any]) -> Weighing:
    marks = {name: Mark(row[name]) for name in ("harm", "reach", "speed", "locality")}
    return Weighing(kind=DecisionKind(row["kind"]), reason=row["reason"], **marks)


def _rebuttal(row: dict[str, Any]) -> RebuttalText:
    parts = ("headline", "fact", "myth", "explanation", "fact_again")
    falsehood = row.get("falsehood_type")
    return RebuttalText(
        **{part: row[part] for part in parts},
        verdict=Verdict(row["verdict"]),
        falsehood_type=FalsehoodType(falsehood) if falsehood else None,
        sources=tuple(Citation(**source) for source in row["sources"]),
    )
