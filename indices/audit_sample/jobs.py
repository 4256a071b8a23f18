"""The nightly draw: once a day, from what was collected lately and not flagged."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from indices.audit_sample.drawing import DrawnSample, append_sample, draw, read_samples
from indices.jobs import JobContext, JobReport
from indices.queries import PostQuery

RECENT = timedelta(days=2)
"""A day more than between two draws, so that a missed night loses little."""


def sample(context: JobContext) -> JobReport:
    """Draw today's sample, unless that was done; a kill leaves it drawn whole or not at all."""
    size = context.settings.desk.sample_per_day
    day = context.now.astimezone(ZoneInfo(context.settings.office.timezone)).date()
    before = read_samples(context.settings.home)
    if not size or any(drawn.drawn_on == day for drawn in before):
        return JobReport(job="sample", counts={"drawn": 0})
    known = {post_id for drawn in before for post_id in drawn.post_ids}
    query = PostQuery(flagged=False, collected_from=context.now - RECENT)
    fresh = [
        record.post.id
        for record in context.store.iter_records(query)
        if record.post.id not in known
    ]
    if not fresh:
        return JobReport(job="sample", counts={"drawn": 0})  # perhaps a later run finds some
    chosen = draw(fresh, day, size)
    drawn = DrawnSample(drawn_on=day, drawn_at=context.now, post_ids=chosen, population=len(fresh))
    append_sample(context.settings.home, drawn)
    return JobReport(job="sample", counts={"drawn": len(chosen), "from": len(fresh)})
