"""What happened and what must still be told: audit events, reviews of posts, the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from indices.documents import ReviewLabel, ReviewStatus
from review_ui.desk.models.accounts import User
from review_ui.desk.models.cases import Case
from review_ui.desk.schema import Record, UtcDateTime, by_value


class AuditEvent(Record):
    """One change: who, when, what, before and after. Only ever added to."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    """None for what the system or the command line did."""
    action: Mapped[str] = mapped_column(String(60))
    """A stable key such as `case.opened`."""
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")

    user: Mapped[User | None] = relationship()


class PostReview(Record):
    """What the desk said of a post, one row a version; the last one holds."""

    __tablename__ = "post_review"
    __table_args__ = (UniqueConstraint("post_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int]
    status: Mapped[ReviewStatus] = mapped_column(by_value(ReviewStatus))
    label: Mapped[ReviewLabel | None] = mapped_column(by_value(ReviewLabel))
    case_id: Mapped[int | None] = mapped_column(ForeignKey(Case.id))
    reason: Mapped[str] = mapped_column(Text, default="")
    reviewer_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    reviewer: Mapped[User] = relationship()


class OutboxEntry(Record):
    """Something the index must be told, kept until it has been."""

    __tablename__ = "outbox_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """`review`, `fact_check`, `fact_check_removal` or `group_change`."""
    key: Mapped[str] = mapped_column(String(64), index=True)
    """Post or fact-check id; entries of one key are delivered in order."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
