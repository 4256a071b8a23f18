"""The cases that matter, each with what may be said about it now."""

from __future__ import annotations

from review_ui.desk.vocabulary import CASE_STATUS_NAMES, CaseStatus
from review_ui.summaries.figures import Answer, CitedFact, Issue, WeeklySummary
from review_ui.summaries.indonesian import day_and_date, long_date, number
from review_ui.summaries.plain_text import tidy
from review_ui.summaries.report import IssueText

HEADING_LENGTH = 140
CLAIM_LENGTH = 240
ANSWER_LENGTH = 520
SOURCE_LENGTH = 200
SOURCES = 4


def describe_issue(issue: Issue, summary: WeeklySummary) -> IssueText:
    """Where there is an answer the fact comes first and the claim once, after it."""
    answer = issue.answer
    return IssueText(
        heading=tidy(answer.headline if answer else issue.title, HEADING_LENGTH),
        code=issue.code,
        status=CASE_STATUS_NAMES[issue.status],
        claim=tidy(issue.claim, CLAIM_LENGTH),
        stance=_stance(issue),
        answered=answer is not None,
        verdict=answer.verdict if answer else "",
        answer=tidy(answer.fact, ANSWER_LENGTH) if answer else "",
        sources=tuple(_source(fact) for fact in answer.facts[:SOURCES]) if answer else (),
        url=_url(answer, summary) if answer else "",
        traces=_traces(issue, summary),
    )


def _stance(issue: Issue) -> str:
    if issue.answer:
        return "Sudah dijawab: boleh dibacakan."
    if issue.status is CaseStatus.MONITORED:
        return "Dipantau: jangan diangkat lebih dulu, jawab hanya bila ditanya."
    if issue.waiting:
        return "Belum ada jawaban yang disetujui: draf menunggu persetujuan, jangan dibacakan."
    return "Belum ada jawaban yang disetujui: katakan bahwa hal ini sedang diperiksa."


def _traces(issue: Issue, summary: WeeklySummary) -> str:
    parts = [f"{number(issue.links)} tautan, {number(issue.links_in_week)} di antaranya pekan ini"]
    if issue.first_seen_at:
        first = day_and_date(summary.week.day_of(issue.first_seen_at))
        parts.append(f"pertama terlihat {first}")
    if issue.answer:
        parts.append(f"dijawab {day_and_date(summary.week.day_of(issue.answer.published_at))}")
    if issue.overdue:
        parts.append("melewati batas waktu")
    return "; ".join(parts)


def _source(fact: CitedFact) -> str:
    dated = f" ({long_date(fact.dated_on)})" if fact.dated_on else ""
    return tidy(f"{fact.agency}: {fact.document}", SOURCE_LENGTH) + dated


def _url(answer: Answer, summary: WeeklySummary) -> str:
    if not (answer.slug and summary.public_url):
        return ""
    return f"{summary.public_url}/klarifikasi/{answer.slug}"
