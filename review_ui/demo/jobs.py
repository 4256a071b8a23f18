"""The job that gives the demo its people and its cases, through the desk's own services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from indices.documents import Post
from indices.jobs import JobContext, JobReport
from review_ui.demo.people import ensure_people
from review_ui.demo.plans import CasePlan, load_plans
from review_ui.desk import cases, rebuttals
from review_ui.desk.context import Desk
from review_ui.desk.database import desk_session
from review_ui.desk.models import Case, User
from review_ui.desk.vocabulary import LinkRole, RoleName

_LINKED_AFTER = timedelta(minutes=30)
"""Somebody notices a new post with a known claim."""


def fill_demo_desk(context: JobContext) -> JobReport:
    """Work each planned case once; a case whose claim is known stays as people left it."""
    made = 0
    with desk_session(context.settings) as session:
        people = ensure_people(session, context.settings, context.now)
        known = set(session.scalars(select(Case.claim)))
        plans = [plan for plan in load_plans() if plan.text.claim not in known]
        posts = [record.post for record in context.store.iter_records()] if plans else []
        for plan in plans:
            made += _CaseWork(context, session, people, plan).work(posts)
        total = len(known) + made
    return JobReport(job="demo-desk", counts={"users": len(people), "cases": total, "new": made})


@dataclass(frozen=True, slots=True)
class _CaseWork:
    """One case, worked at the times at which it would have been."""

    context: JobContext
    session: Session
    people: dict[RoleName, User]
    plan: CasePlan

    def work(self, posts: list[Post]) -> bool:
        """True when there were posts to work on."""
        linked = [(post, role) for post in posts if (role := self.plan.role_of(post))]
        carriers = [_appeared(post) for post, role in linked if role is LinkRole.CARRIES]
        if not carriers:
            return False
        start = min(carriers)
        opened_at = start + timedelta(hours=self.plan.opened_after_hours)
        case = cases.open_case(self._desk(RoleName.REVIEWER, opened_at), self.plan.text)
        events: list[tuple[datetime, Callable[[datetime], None]]] = [
            (max(opened_at, _appeared(post) + _LINKED_AFTER), partial(self._link, case, post, role))
            for post, role in linked
        ]
        events += [
            (start + timedelta(hours=hours), partial(self._take, case, step))
            for step, hours in self.plan.hours.items()
        ]
        for at, act in sorted(events, key=lambda event: event[0]):
            act(at)
        return True

    def _link(self, case: Case, post: Post, role: LinkRole, at: datetime) -> None:
        if case.closed_at is None:
            cases.link_post(self._desk(RoleName.REVIEWER, at), case, post.id, role=role)

    def _take(self, case: Case, step: str, at: datetime) -> None:
        reviewer, editor = (self._desk(role, at) for role in (RoleName.REVIEWER, RoleName.EDITOR))
        version = case.rebuttal.in_work if case.rebuttal else None
        if step == "decided" and self.plan.weighing:
            cases.decide(reviewer, case, self.plan.weighing)
        elif step == "closed" and self.plan.exit_status:
            cases.close_case(reviewer, case, self.plan.exit_status, self.plan.exit_note)
        elif step == "drafted" and self.plan.rebuttal:
            rebuttals.start_draft(reviewer, case, self.plan.rebuttal)
        elif step == "submitted" and version:
            rebuttals.submit(reviewer, version)
        elif step == "published" and version:
            rebuttals.approve(editor, version)
            rebuttals.publish(editor, version)

    def _desk(self, role: RoleName, at: datetime) -> Desk:
        return Desk(
            session=self.session,
            store=self.context.store,
            settings=self.context.settings,
            user=self.people[role],
            now=min(at, self.context.now),
        )


def _appeared(post: Post) -> datetime:
    return post.published_at or post.collected_at
