"""Retention: what is older than its class of data may be goes, except what belongs to a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from indices.documents import SourceKind
from indices.evidence.retention import drop_unnamed, mark_due
from indices.jobs import JobContext, JobReport
from indices.settings import RetentionSettings


def retention(context: JobContext) -> JobReport:
    """Delete posts past the days of their class, then evidence that no post or case needs.

    Killed in between, the next run goes on where this one stopped.
    """
    left_over = mark_due(context)
    deleted = 0
    for days, kinds in _kinds_by_days(context.settings.retention).items():
        before = context.now - timedelta(days=days)
        deleted += context.store.delete_posts_before(before, source_kinds=kinds) if days else 0
    dropped = drop_unnamed(context, something_went=left_over or bool(deleted))
    counts = {"posts": deleted, "evidence_records": dropped.records}
    if dropped.put_off:
        counts["evidence_put_off"] = 1
    return JobReport(job="retention", counts=counts)


def _kinds_by_days(settings: RetentionSettings) -> Mapping[int, list[SourceKind]]:
    own = {
        SourceKind.PRESS: settings.press_days,
        SourceKind.PLATFORM: settings.platform_days,
        SourceKind.COMMUNITY: settings.community_days,
        SourceKind.TIPLINE: settings.tip_days,
    }
    grouped: dict[int, list[SourceKind]] = defaultdict(list)
    for kind in SourceKind:
        days = own.get(kind)
        grouped[settings.post_days if days is None else days].append(kind)
    return grouped
