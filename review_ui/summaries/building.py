"""One week's summary, put together from the record and the desk as they stood at its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from indices.settings import Settings
from indices.store import Store
from review_ui.desk.vocabulary import EXITS, DecisionKind, Mark
from review_ui.summaries.casework import (
    CaseAt,
    active_in,
    count_casework,
    load_cases,
    moment_of_link,
)
from review_ui.summaries.coverage import measure_coverage
from review_ui.summaries.figures import (
    Answer,
    CitedFact,
    DeskCounts,
    Issue,
    WeekFigures,
    WeeklySummary,
)
from review_ui.summaries.posts import count_posts
from review_ui.summaries.weeks import Week

ISSUES = 5
_WEIGHT = {Mark.LOW: 1, Mark.MEDIUM: 2, Mark.HIGH: 3}


def build_summary(
    store: Store, session: Session, settings: Settings, week: Week, now: datetime
) -> WeeklySummary:
    """The same stored data and the same `now` give the same summary.

    A running week is set against the same part of the week before.
    """
    as_of = min(now, week.ends_at)
    before_as_of = week.before.starts_at + (as_of - week.starts_at)
    sla = timedelta(hours=settings.desk.sla_hours)
    cases = load_cases(session, as_of)
    done = count_casework(cases, week, sla)
    done_before = count_casework(load_cases(session, before_as_of), week.before, sla)
    ranked = sorted((_issue(item, week, sla) for item in cases if _matters(item, week)), key=_rank)
    return WeeklySummary(
        week=week,
        as_of=as_of,
        written_at=now,
        office=settings.office.name,
        region=settings.office.region,
        sla=sla,
        public_url=settings.desk.public_url.rstrip("/"),
        figures=_figures(store, session, week, as_of, done),
        before=_figures(store, session, week.before, before_as_of, done_before),
        issues=tuple(ranked[:ISSUES]),
        other_issues=len(ranked[ISSUES:]),
    )


def _figures(
    store: Store, session: Session, week: Week, as_of: datetime, desk: DeskCounts
) -> WeekFigures:
    posts = count_posts(store, session, week, as_of)
    coverage = measure_coverage(store, week, as_of, posts.by_source)
    return WeekFigures(coverage=coverage, posts=posts, desk=desk)


def _matters(item: CaseAt, week: Week) -> bool:
    """Not what is closed without a label, nor what was to be ignored: naming it spreads it."""
    ignored = item.decision is not None and item.decision.kind is DecisionKind.IGNORE
    return item.status not in EXITS and not ignored and active_in(item, week)


def _rank(issue: Issue) -> tuple[int, int, int, int, datetime, str]:
    harm, reach, in_week, links = issue.priority
    return (-harm, -reach, -in_week, -links, issue.opened_at, issue.code)


def _issue(item: CaseAt, week: Week, sla: timedelta) -> Issue:
    moments = [moment_of_link(post) for post in item.carriers]
    decision = item.decision
    return Issue(
        code=item.case.code,
        title=item.case.title,
        claim=item.case.claim,
        topic=item.case.topic,
        status=item.status,
        opened_at=item.case.opened_at,
        decision=decision.kind if decision else None,
        harm=_WEIGHT[decision.harm] if decision else 0,
        reach=_WEIGHT[decision.reach] if decision else 0,
        links=len(moments),
        links_in_week=sum(week.starts_at <= moment < week.ends_at for moment in moments),
        first_seen_at=item.first_seen_at,
        answer=_answer(item, moments),
        overdue=item.overdue(sla),
        waiting=item.waiting,
    )


def _answer(item: CaseAt, moments: list[datetime]) -> Answer | None:
    version = item.published
    if version is None or version.published_at is None:
        return None
    published_at = version.published_at
    return Answer(
        headline=version.headline,
        fact=version.fact,
        verdict=version.verdict.value,
        published_at=published_at,
        slug=version.rebuttal.slug or "",
        facts=tuple(
            CitedFact(
                agency=fact.agency, document=fact.document, url=fact.url, dated_on=fact.dated_on
            )
            for fact in version.facts
        ),
        posts_since=sum(moment >= published_at for moment in moments),
    )
