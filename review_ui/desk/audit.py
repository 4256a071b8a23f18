"""The append-only record of who changed what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from review_ui.desk.context import Desk
from review_ui.desk.models import AuditEvent, Case, PostReview, RebuttalVersion, User

Subject = Case | RebuttalVersion | PostReview | User | str
"""A string is a post's id."""
Changes = Mapping[str, tuple[Any, Any]]
"""Field name to what it was and what it is now."""


def record(
    desk: Desk, action: str, subject: Subject, *, changes: Changes | None = None, note: str = ""
) -> AuditEvent:
    """Add one event to the record."""
    kind, subject_id, case_id = _place(subject)
    event = AuditEvent(
        happened_at=desk.now,
        user_id=desk.user.id,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        case_id=case_id,
        before={name: _plain(old) for name, (old, _) in (changes or {}).items()},
        after={name: _plain(new) for name, (_, new) in (changes or {}).items()},
        note=note,
    )
    desk.session.add(event)
    return event


def _place(subject: Subject) -> tuple[str, str, int | None]:
    if isinstance(subject, Case):
        return "case", str(subject.id), subject.id
    if isinstance(subject, RebuttalVersion):
        return "rebuttal", str(subject.id), subject.rebuttal.case_id
    if isinstance(subject, PostReview):
        return "post", subject.post_id, subject.case_id
    if isinstance(subject, User):
        return "user", str(subject.id), None
    return "post", subject, None


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)
