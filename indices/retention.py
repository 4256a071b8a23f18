"""Retention: what is older than its class of data may be goes, except what belongs to a case."""

from __future__ import annotations

from datetime import timedelta

from indices.jobs import JobContext, JobReport


def retention(context: JobContext) -> JobReport:
    """Delete posts past `retention.post_days`; 0 keeps them for ever."""
    days = context.settings.retention.post_days
    deleted = context.store.delete_posts_before(context.now - timedelta(days=days)) if days else 0
    return JobReport(job="retention", counts={"deleted": deleted})
