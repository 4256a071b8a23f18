"""The nightly lesson: once a day, from enough posts on, and never against a person's choice."""

from __future__ import annotations

from datetime import timedelta

from indices.jobs import Alarm, JobContext, JobReport
from indices.model_history import ChangeKind, ModelChange, read_changes
from indices.queries import PostQuery

PAUSE = timedelta(hours=20)
"""`daily` runs every hour; a lesson a night is enough."""


def learn(context: JobContext) -> JobReport:
    """Refit the last layer with the office's own posts, where it is time to."""
    least = context.settings.classifier.learn_from_posts
    if not least or not _is_time(context):
        return JobReport(job="learn", counts={"posts": 0})
    if context.store.search(PostQuery(), limit=1).total < least:
        return JobReport(job="learn", counts={"posts": 0})  # torch takes seconds
    from classifier.office import gather
    from classifier.office import learn as learn_from

    gathered = gather(context)
    if len(gathered.presumed) < least:
        return JobReport(job="learn", counts={"posts": 0, "too_few": len(gathered.presumed)})
    return report_of(learn_from(context, gathered))


def report_of(change: ModelChange) -> JobReport:
    """The change in counts, and an alarm where the refit was refused."""
    counts = {"posts": change.n_posts, "reviews": change.n_reviews}
    alarms = tuple(
        Alarm(code="model_refused", text=f"Model baru tidak dipakai. {reason}")
        for reason in change.reasons
    )
    return JobReport(job="learn", counts=counts, alarms=alarms)


def _is_time(context: JobContext) -> bool:
    """After a person went back to another model, only a person goes on (`luruskan train`)."""
    changes = read_changes(context.settings.home)
    if not changes:
        return True
    newest = changes[0]
    return newest.kind is not ChangeKind.CHOSEN and context.now - newest.at >= PAUSE
