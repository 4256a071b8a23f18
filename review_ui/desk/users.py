"""Accounts: made, given roles, disabled; never deleted, since the record names them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indices.settings import Settings
from review_ui.desk import audit
from review_ui.desk.context import Desk
from review_ui.desk.errors import AccountError
from review_ui.desk.models import AuditEvent, Role, User
from review_ui.desk.passwords import SHORTEST, hash_password
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_, RoleName


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """What is needed for an account."""

    email: str
    password: str
    roles: tuple[RoleName, ...]
    name: str = ""


def add_user(session: Session, settings: Settings, new: NewUser, now: datetime) -> User:
    """Make an account, as the command line, the demo and the users page do.

    Raises:
        AccountError: the address is wrong or taken, or the password too short.
    """
    email = _checked_email(new.email)
    if find_user(session, email) is not None:
        raise AccountError(N_("Alamat surel ini sudah punya akun."))
    if len(new.password) < SHORTEST:
        raise AccountError(N_("Kata sandi paling sedikit 12 huruf."))
    if not new.roles:
        raise AccountError(N_("Pilih sedikitnya satu peran."))
    user = User(
        email=email,
        name=new.name.strip(),
        password=hash_password(settings, new.password),
        fs_uniquifier=uuid.uuid4().hex,
        created_at=now,
        roles=_find_roles(session, new.roles),
    )
    session.add(user)
    session.flush()
    after: dict[str, object] = {"email": email, "roles": [role.value for role in new.roles]}
    _record_from_outside(session, user, "user.added", after, now)
    return user


def find_user(session: Session, email: str) -> User | None:
    """By address, however it is written."""
    wanted = email.strip().lower()
    return session.scalars(select(User).where(func.lower(User.email) == wanted)).first()


def get_user(session: Session, email: str) -> User:
    """By address; AccountError where there is none."""
    user = find_user(session, email)
    if user is None:
        raise AccountError(f"{email}: no such user; see `luruskan users list`")
    return user


def list_users(session: Session) -> list[User]:
    """All accounts, by address."""
    return list(session.scalars(select(User).order_by(User.email)))


def set_roles(desk: Desk, user: User, roles: Iterable[RoleName]) -> None:
    """Give somebody exactly these roles."""
    desk.require(Permission.MANAGE_USERS)
    wanted = tuple(roles)
    if not wanted:
        raise AccountError(N_("Pilih sedikitnya satu peran."))
    if user.id == desk.user.id and RoleName.ADMIN not in wanted:
        raise AccountError(N_("Anda tidak bisa mencabut peran admin Anda sendiri."))
    before = sorted(user.role_names)
    user.roles = _find_roles(desk.session, wanted)
    desk.session.flush()
    audit.record(desk, "user.roles", user, changes={"roles": (before, sorted(wanted))})


def reset_password(desk: Desk, user: User, password: str) -> None:
    """Give somebody another password; their open sessions end at once."""
    desk.require(Permission.MANAGE_USERS)
    _set_password(user, desk.settings, password)
    desk.session.flush()
    audit.record(desk, "user.password", user)


def reset_password_from_outside(
    session: Session, settings: Settings, user: User, password: str, now: datetime
) -> None:
    """Give somebody another password from the command line."""
    _set_password(user, settings, password)
    _record_from_outside(session, user, "user.password", {}, now)


def set_active(desk: Desk, user: User, *, active: bool) -> None:
    """Let somebody in or keep them out; open sessions of a disabled user end at once."""
    desk.require(Permission.MANAGE_USERS)
    if user.id == desk.user.id:
        raise AccountError(N_("Anda tidak bisa menonaktifkan akun Anda sendiri."))
    changes = {"active": (user.active, active)}
    _set_active(user, active=active)
    desk.session.flush()
    audit.record(desk, "user.active", user, changes=changes)


def disable_from_outside(session: Session, user: User, now: datetime) -> None:
    """Disable an account from the command line."""
    _set_active(user, active=False)
    _record_from_outside(session, user, "user.disabled", {"active": False}, now)


def _set_password(user: User, settings: Settings, password: str) -> None:
    if len(password) < SHORTEST:
        raise AccountError(N_("Kata sandi paling sedikit 12 huruf."))
    user.password = hash_password(settings, password)
    user.fs_uniquifier = uuid.uuid4().hex
    user.failed_sign_ins = 0
    user.locked_until_at = None


def _set_active(user: User, *, active: bool) -> None:
    user.active = active
    user.failed_sign_ins = 0
    user.locked_until_at = None
    if not active:
        user.fs_uniquifier = uuid.uuid4().hex


def _find_roles(session: Session, names: Iterable[RoleName]) -> list[Role]:
    """Roles are made when first needed, so that no step of installation can be forgotten."""
    found = []
    for name in dict.fromkeys(names):
        role = session.scalars(select(Role).where(Role.name == name.value)).first()
        found.append(role or Role(name=name.value))
    return found


def _record_from_outside(
    session: Session, user: User, action: str, after: dict[str, object], now: datetime
) -> None:
    session.add(
        AuditEvent(
            happened_at=now,
            user_id=None,
            action=action,
            subject_kind="user",
            subject_id=str(user.id),
            after=after,
        )
    )


def _checked_email(email: str) -> str:
    try:
        parts = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise AccountError(N_("Alamat surel ini tidak sah.")) from error
    return parts.normalized.lower()
