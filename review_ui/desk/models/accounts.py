"""Who works at the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from review_ui.desk.schema import Record, UtcDateTime
from review_ui.desk.vocabulary import RoleName

MOST_FAILURES = 5
LOCKED_MINUTES = 15

user_roles = Table(
    "user_role",
    Record.metadata,
    Column("user_id", ForeignKey("user_account.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Record, RoleMixin):
    """One of `RoleName`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    description: Mapped[str] = mapped_column(String(200), default="")


class User(Record, UserMixin):
    """A person who signs in; never deleted, since the record names them."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # narrower than the mixin
        secondary=user_roles, lazy="selectin"
    )

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        """Count a wrong password; too many lock the account for a while."""
        self.failed_sign_ins += 1
        if self.failed_sign_ins % MOST_FAILURES == 0:
            self.locked_until_at = datetime.now(UTC) + timedelta(minutes=LOCKED_MINUTES)

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Whether even the right password is refused now."""
        locked = self.locked_until_at is not None and self.locked_until_at > datetime.now(UTC)
        if locked and form_error is not None:
            form_error.append("locked")  # the sign-in page says the same for every failure
        return locked

    @property
    def role_names(self) -> frozenset[RoleName]:
        """The roles as words of the desk."""
        return frozenset(RoleName(role.name) for role in self.roles)

    @property
    def display_name(self) -> str:
        """The name, or the part of the address before the @."""
        return self.name or self.email.partition("@")[0]
