"""Alarms that only the whole record can raise: posts that wait too long, no crawl since long."""

from __future__ import annotations

from datetime import timedelta

from indices.documents import ReviewStatus
from indices.jobs import Alarm, JobContext, JobReport
from indices.queries import PostQuery

LONGEST_GAP = timedelta(hours=26)
"""A daily job that ran later than the day before is no gap; two missed runs are."""


def alarms(context: JobContext) -> JobReport:
    """Look over the record once a day, after crawling and assessing."""
    raised = [*_overdue(context), *_no_crawl(context)]
    return JobReport(job="alarms", counts={"alarms": len(raised)}, alarms=tuple(raised))


def _overdue(context: JobContext) -> list[Alarm]:
    hours = context.settings.desk.sla_hours
    waiting = PostQuery(
        flagged=True,
        statuses=(ReviewStatus.NEW,),
        collected_until=context.now - timedelta(hours=hours),
    )
    total = context.store.search(waiting, limit=1).total
    if not total:
        return []
    text = f"{total} unggahan bertanda menunggu keputusan lebih dari {hours} jam"
    return [Alarm(code="overdue", text=text)]


def _no_crawl(context: JobContext) -> list[Alarm]:
    if not any(context.store.iter_sources(enabled_only=True)):
        return [Alarm(code="no_sources", text="Belum ada sumber yang dipantau")]
    recent = context.store.iter_crawl_runs(started_from=context.now - LONGEST_GAP)
    if any(run.finished_at for run in recent):
        return []
    return [Alarm(code="no_crawl", text="Tidak ada pengumpulan yang selesai sejak kemarin")]
