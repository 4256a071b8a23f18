"""Retention: what is older than its class of data may be goes, except what belongs to a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indices.documents import ReviewStatus
from indices.jobs import JobContext, JobReport
from indices.queries import PostQuery

IN_A_CASE = (ReviewStatus.IN_CASE, ReviewStatus.ANSWERED, ReviewStatus.MONITORED)


def retention(context: JobContext) -> JobReport:
    """Delete posts past `retention.post_days` and evidence past `retention.evidence_days`."""
    days = context.settings.retention.post_days
    deleted = context.store.delete_posts_before(context.now - timedelta(days=days)) if days else 0
    expired = list(_expired_evidence(context))
    for path in expired:
        path.unlink(missing_ok=True)
    return JobReport(job="retention", counts={"posts": deleted, "evidence_files": len(expired)})


def _expired_evidence(context: JobContext) -> Iterator[Path]:
    """WARC files last written too long ago, and holding nothing that a case rests on."""
    days = context.settings.retention.evidence_days
    if not days:
        return
    cutoff = context.now - timedelta(days=days)
    old = [path for path in _evidence_files(context) if _written_at(path) < cutoff]
    kept = _files_of_cases(context) if old else set()
    yield from (path for path in old if path.name not in kept)


def _evidence_files(context: JobContext) -> Iterator[Path]:
    return context.settings.evidence_dir.glob("*.warc.gz")


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _files_of_cases(context: JobContext) -> set[str]:
    records = context.store.iter_records(PostQuery(statuses=IN_A_CASE))
    return {record.post.evidence.split("#", 1)[0] for record in records}
