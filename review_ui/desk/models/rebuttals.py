"""The official answer: versions, their sources, and everyone who wrote in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from indices.documents import Verdict
from review_ui.desk.models.accounts import User
from review_ui.desk.models.cases import Case
from review_ui.desk.schema import Record, UtcDateTime, by_value
from review_ui.desk.vocabulary import FalsehoodType, VersionStatus


class Rebuttal(Record):
    """The answer to one case, under one public address for ever."""

    __tablename__ = "rebuttal"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id), unique=True)
    slug: Mapped[str | None] = mapped_column(String(120), unique=True)
    """Given at the first publication and never changed, since others link to it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship(back_populates="rebuttal")
    versions: Mapped[list[RebuttalVersion]] = relationship(
        back_populates="rebuttal", order_by="RebuttalVersion.number", cascade="all"
    )

    @property
    def published(self) -> RebuttalVersion | None:
        """What the public reads now."""
        return self._newest(VersionStatus.PUBLISHED)

    @property
    def withdrawn(self) -> RebuttalVersion | None:
        """The newest version that was public, where none is any longer."""
        gone = [one for one in self.versions if one.withdrawn_at and one.published_at]
        return gone[-1] if gone and not self.published else None

    @property
    def in_work(self) -> RebuttalVersion | None:
        """The one version on its way to publication, if any."""
        open_statuses = (VersionStatus.DRAFT, VersionStatus.SUBMITTED, VersionStatus.APPROVED)
        return self._newest(*open_statuses)

    def _newest(self, *statuses: VersionStatus) -> RebuttalVersion | None:
        found = [version for version in self.versions if version.status in statuses]
        return found[-1] if found else None


class RebuttalVersion(Record):
    """One text of a rebuttal; frozen once it is published."""

    __tablename__ = "rebuttal_version"
    __table_args__ = (
        UniqueConstraint("rebuttal_id", "number"),
        CheckConstraint("approver_id IS NULL OR approver_id <> author_id", name="two_people"),
        CheckConstraint(
            "status NOT IN ('approved', 'published') OR approver_id IS NOT NULL", name="approved"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rebuttal_id: Mapped[int] = mapped_column(ForeignKey(Rebuttal.id), index=True)
    number: Mapped[int]
    status: Mapped[VersionStatus] = mapped_column(by_value(VersionStatus), index=True)
    headline: Mapped[str] = mapped_column(String(160), default="")
    fact: Mapped[str] = mapped_column(Text, default="")
    myth: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    """Why the myth misleads."""
    fact_again: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[Verdict] = mapped_column(by_value(Verdict), default=Verdict.UNVERIFIED)
    falsehood_type: Mapped[FalsehoodType | None] = mapped_column(by_value(FalsehoodType))
    correction_note: Mapped[str] = mapped_column(Text, default="")
    """What this version corrects in the one before; public."""
    review_note: Mapped[str] = mapped_column(Text, default="")
    """What the editor said when sending it back; internal."""
    withdrawal_note: Mapped[str] = mapped_column(Text, default="")
    """Why it was withdrawn; public."""
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column(default=1)

    rebuttal: Mapped[Rebuttal] = relationship(back_populates="versions")
    author: Mapped[User] = relationship(foreign_keys=author_id)
    approver: Mapped[User | None] = relationship(foreign_keys=approver_id)
    facts: Mapped[list[OfficialFact]] = relationship(
        back_populates="version",
        order_by="OfficialFact.position",
        cascade="all, delete-orphan",
    )
    contributors: Mapped[list[VersionContributor]] = relationship(
        back_populates="version", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": lock_version}  # noqa: RUF012 -- SQLAlchemy's way

    @property
    def contributor_ids(self) -> frozenset[int]:
        """Everyone who wrote any part of this text, here or in the version it corrects."""
        return frozenset({self.author_id} | {row.user_id for row in self.contributors})


class VersionContributor(Record):
    """Somebody who wrote in a version, and so can never approve it."""

    __tablename__ = "version_contributor"

    version_id: Mapped[int] = mapped_column(ForeignKey(RebuttalVersion.id), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)

    version: Mapped[RebuttalVersion] = relationship(back_populates="contributors")
    user: Mapped[User] = relationship()


class OfficialFact(Record):
    """A statement or document of the agency that owns it, cited by a version."""

    __tablename__ = "official_fact"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(RebuttalVersion.id), index=True)
    position: Mapped[int]
    agency: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(Text, default="")
    dated_on: Mapped[date | None]

    version: Mapped[RebuttalVersion] = relationship(back_populates="facts")
