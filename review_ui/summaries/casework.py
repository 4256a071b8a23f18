"""Cases as they stood at a moment: what was done in a week, and what was still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review_ui.desk.models import Case, CasePost, Decision, Rebuttal, RebuttalVersion
from review_ui.desk.vocabulary import EXITS, OPEN_STATUSES, CaseStatus, DecisionKind, VersionStatus
from review_ui.summaries.figures import DeskCounts
from review_ui.summaries.weeks import Week


@dataclass(frozen=True, slots=True)
class CaseAt:
    """A case as it stood at a moment; what happened later is not seen."""

    case: Case
    as_of: datetime

    @property
    def decision(self) -> Decision | None:
        """The last decision by then."""
        taken = [d for d in self.case.decisions if d.decided_at < self.as_of]
        return taken[-1] if taken else None

    @property
    def versions(self) -> list[RebuttalVersion]:
        """Versions of the answer that existed by then."""
        rebuttal = self.case.rebuttal
        known = rebuttal.versions if rebuttal else []
        return [version for version in known if version.created_at < self.as_of]

    @property
    def published(self) -> RebuttalVersion | None:
        """What the public could read at that moment."""
        shown = [v for v in self.publications if not _before(v.withdrawn_at, self.as_of)]
        return shown[-1] if shown else None

    @property
    def publications(self) -> list[RebuttalVersion]:
        """Every version published by then, oldest first."""
        return [version for version in self.versions if _before(version.published_at, self.as_of)]

    @property
    def carriers(self) -> list[CasePost]:
        """Posts with the claim that were linked by then, in the order in which they appeared."""
        linked = [post for post in self.case.carriers if post.linked_at < self.as_of]
        return sorted(linked, key=moment_of_link)

    @property
    def first_seen_at(self) -> datetime | None:
        """When the first of them appeared."""
        return moment_of_link(self.carriers[0]) if self.carriers else None

    @property
    def status(self) -> CaseStatus:
        """As kept, or found again from what had happened by then.

        That an agency was being waited for is not written down with a time, so a case that has
        moved on since is shown as reviewed.
        """
        if self.case.changed_at < self.as_of or _before(self.case.closed_at, self.as_of):
            return self.case.status
        if self.published:
            return CaseStatus.PUBLISHED
        if self.waiting:
            return CaseStatus.APPROVAL
        if self.versions:
            return CaseStatus.DRAFT
        if self.decision is None:
            return CaseStatus.NEW
        waits = self.decision.kind is DecisionKind.RESPOND
        return CaseStatus.REVIEWED if waits else CaseStatus.MONITORED

    @property
    def open(self) -> bool:
        """Somebody still had to do something."""
        return self.status in OPEN_STATUSES

    @property
    def waiting(self) -> bool:
        """A draft waited for its second person."""
        return any(
            _before(version.submitted_at, self.as_of)
            and not _before(version.published_at, self.as_of)
            and not _before(version.withdrawn_at, self.as_of)
            and version.status is not VersionStatus.DRAFT
            for version in self.versions
        )

    @property
    def withdrawn_at(self) -> datetime | None:
        """When the answer was taken back from the public, if it was."""
        taken_back = [v.withdrawn_at for v in self.publications if v.withdrawn_at]
        return max(taken_back) if taken_back and not self.published else None

    def overdue(self, sla: timedelta) -> bool:
        """Open for longer than the office allows itself."""
        return self.open and self.as_of - self.case.opened_at > sla


def load_cases(session: Session, as_of: datetime) -> list[CaseAt]:
    """All cases opened by then, oldest first."""
    statement = (
        select(Case)
        .where(Case.opened_at < as_of)
        .order_by(Case.opened_at, Case.id)
        .options(
            selectinload(Case.posts),
            selectinload(Case.decisions),
            selectinload(Case.rebuttal)
            .selectinload(Rebuttal.versions)
            .selectinload(RebuttalVersion.facts),
        )
    )
    return [CaseAt(case, as_of) for case in session.scalars(statement)]


def count_casework(cases: Sequence[CaseAt], week: Week, sla: timedelta) -> DeskCounts:
    """What was done in the week, and what was open at its end."""
    firsts = [item for item in cases if item.publications and _first_in(item, week)]
    later = [v for item in cases for v in item.publications[1:] if _within(v.published_at, week)]
    open_cases = [item for item in cases if item.open]
    return DeskCounts(
        opened=sum(_within(item.case.opened_at, week) for item in cases),
        decisions=Counter(kind for item in cases if (kind := _decided_in(item, week))),
        closed_without_label=sum(_closed_without_label(item, week) for item in cases),
        published=len(firsts),
        corrected=len(later),
        withdrawn=sum(_within(item.withdrawn_at, week) for item in cases),
        open_codes=_codes(open_cases),
        overdue_codes=_codes(item for item in open_cases if item.overdue(sla)),
        waiting_codes=_codes(item for item in open_cases if item.waiting),
        hours_to_publication=tuple(sorted(_hours_to_publication(item) for item in firsts)),
    )


def moment_of_link(post: CasePost) -> datetime:
    """When a linked post appeared, or was linked where nobody knows."""
    return post.published_at or post.linked_at


def active_in(item: CaseAt, week: Week) -> bool:
    """Something happened to the case in the week, or somebody still had to act."""
    moments = [item.case.opened_at, *(moment_of_link(post) for post in item.carriers)]
    moments += [decision.decided_at for decision in item.case.decisions]
    for version in item.versions:
        moments += [m for m in (version.submitted_at, version.published_at) if m]
    return item.open or any(_within(moment, week) for moment in moments)


def _first_in(item: CaseAt, week: Week) -> bool:
    return _within(item.publications[0].published_at, week)


def _decided_in(item: CaseAt, week: Week) -> DecisionKind | None:
    decision = item.decision
    return decision.kind if decision and _within(decision.decided_at, week) else None


def _closed_without_label(item: CaseAt, week: Week) -> bool:
    case = item.case
    closed = _before(case.closed_at, item.as_of) and _within(case.closed_at, week)
    return closed and case.status in EXITS


def _hours_to_publication(item: CaseAt) -> float:
    published_at = item.publications[0].published_at
    seen_at = item.first_seen_at or item.case.opened_at
    seconds = (published_at - seen_at).total_seconds() if published_at else 0.0
    return max(0.0, seconds) / 3600


def _codes(cases: Iterable[CaseAt]) -> tuple[str, ...]:
    return tuple(item.case.code for item in cases)


def _within(moment: datetime | None, week: Week) -> bool:
    return moment is not None and week.starts_at <= moment < week.ends_at


def _before(moment: datetime | None, as_of: datetime) -> bool:
    return moment is not None and moment < as_of
