"""Cases, the posts that carry their claim, and what was decided about them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from indices.documents import SourceKind
from review_ui.desk.models.accounts import User
from review_ui.desk.schema import Record, UtcDateTime, by_value
from review_ui.desk.vocabulary import CaseStatus, DecisionKind, LinkRole, Mark, Topic

if TYPE_CHECKING:
    from review_ui.desk.models.rebuttals import Rebuttal


class Case(Record):
    """One checkable factual claim and all posts that carry it."""

    __tablename__ = "case_file"
    __table_args__ = (CheckConstraint("length(trim(claim)) > 0", name="claim_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    claim: Mapped[str] = mapped_column(String(300))
    """One checkable factual sentence; the criticism guard hangs on it."""
    status: Mapped[CaseStatus] = mapped_column(by_value(CaseStatus), index=True)
    topic: Mapped[Topic] = mapped_column(by_value(Topic), default=Topic.OTHER)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closing_note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    """Grows with each change, so that nobody overwrites what they have not seen."""

    opened_by: Mapped[User] = relationship()
    posts: Mapped[list[CasePost]] = relationship(
        back_populates="case",
        order_by="CasePost.linked_at, CasePost.id",
        cascade="all, delete-orphan",
    )
    decisions: Mapped[list[Decision]] = relationship(
        back_populates="case", order_by="Decision.id", cascade="all"
    )
    rebuttal: Mapped[Rebuttal | None] = relationship(back_populates="case")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy's way

    @property
    def code(self) -> str:
        """What people call it on the telephone."""
        return f"ISU-{self.id:04d}"

    @property
    def decision(self) -> Decision | None:
        """The one that holds now."""
        return self.decisions[-1] if self.decisions else None

    @property
    def carriers(self) -> list[CasePost]:
        """Posts that carry the claim: the link counter."""
        return [post for post in self.posts if post.role is LinkRole.CARRIES]


class CasePost(Record):
    """A post in a case, with what was seen of it when it was linked."""

    __tablename__ = "case_post"
    __table_args__ = (UniqueConstraint("case_id", "post_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    post_id: Mapped[str] = mapped_column(String(64), index=True)
    role: Mapped[LinkRole] = mapped_column(by_value(LinkRole), default=LinkRole.CARRIES)
    url: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(Text, default="")
    excerpt: Mapped[str] = mapped_column(Text, default="")
    platform: Mapped[str] = mapped_column(String(40), default="web")
    source_id: Mapped[str] = mapped_column(String(120), default="")
    source_name: Mapped[str] = mapped_column(String(200), default="")
    source_kind: Mapped[SourceKind] = mapped_column(by_value(SourceKind))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    evidence: Mapped[str] = mapped_column(Text, default="")
    is_press: Mapped[bool] = mapped_column(default=False)
    """From a press source, or on a press outlet's own site whatever source brought it."""
    linked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship(back_populates="posts")
    linked_by: Mapped[User] = relationship()


class Decision(Record):
    """Respond, monitor or ignore, and why; never changed, only followed by another."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), index=True)
    kind: Mapped[DecisionKind] = mapped_column(by_value(DecisionKind))
    harm: Mapped[Mark] = mapped_column(by_value(Mark))
    reach: Mapped[Mark] = mapped_column(by_value(Mark))
    speed: Mapped[Mark] = mapped_column(by_value(Mark))
    locality: Mapped[Mark] = mapped_column(by_value(Mark))
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    case: Mapped[Case] = relationship(back_populates="decisions")
    decided_by: Mapped[User] = relationship()
