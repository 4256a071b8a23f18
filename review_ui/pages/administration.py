"""Audit and accounts: what an administrator sees and changes."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from review_ui.access import needs
from review_ui.desk import users
from review_ui.desk.context import Desk
from review_ui.desk.errors import AccountError
from review_ui.desk.models import AuditEvent, User
from review_ui.desk.passwords import build_password
from review_ui.desk.permissions import Permission
from review_ui.desk.users import NewUser
from review_ui.desk.vocabulary import RoleName
from review_ui.forms import read_place, read_text, read_words
from review_ui.work import current_desk, finish

blueprint = Blueprint("administration", __name__)

_PAGE_LENGTH = 50


@blueprint.get("/audit")
@needs(Permission.AUDIT)
def audit() -> str:
    """Every event, newest first."""
    desk = current_desk()
    chosen = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(_PAGE_LENGTH + 1)
    before = read_place("sebelum")
    if before is not None:
        chosen = chosen.where(AuditEvent.id < before)
    events = list(desk.session.scalars(chosen))
    return render_template(
        "audit.html",
        events=events[:_PAGE_LENGTH],
        following=events[_PAGE_LENGTH - 1].id if len(events) > _PAGE_LENGTH else None,
    )


@blueprint.get("/pengguna")
@needs(Permission.MANAGE_USERS)
def accounts() -> str:
    """All accounts, and the form for another."""
    return _render(current_desk())


@blueprint.post("/pengguna")
@needs(Permission.MANAGE_USERS)
def add() -> ResponseReturnValue:
    """Make an account; its password is shown once."""
    desk = current_desk()
    made = build_password()
    new = NewUser(
        email=read_text("email", 255),
        name=read_text("name", 120),
        roles=_read_roles(),
        password=made,
    )
    try:
        user = users.add_user(desk.session, desk.settings, new, desk.now)
    except AccountError as error:
        desk.session.rollback()
        return _render(desk, problem=str(error)), 400
    finish(desk)
    return _render(desk, made=(user.email, made))


@blueprint.post("/pengguna/<int:user_id>/peran")
@needs(Permission.MANAGE_USERS)
def roles(user_id: int) -> ResponseReturnValue:
    """Give somebody exactly these roles."""
    desk = current_desk()
    users.set_roles(desk, _get_user(desk, user_id), _read_roles())
    finish(desk)
    flash(gettext("Peran disimpan."), "success")
    return redirect(url_for("administration.accounts"), 303)


@blueprint.post("/pengguna/<int:user_id>/aktif")
@needs(Permission.MANAGE_USERS)
def active(user_id: int) -> ResponseReturnValue:
    """Let somebody in, or keep them out."""
    desk = current_desk()
    wanted = request.form.get("active") == "yes"
    users.set_active(desk, _get_user(desk, user_id), active=wanted)
    finish(desk)
    flash(gettext("Akun disimpan."), "success")
    return redirect(url_for("administration.accounts"), 303)


@blueprint.post("/pengguna/<int:user_id>/sandi")
@needs(Permission.MANAGE_USERS)
def password(user_id: int) -> str:
    """Another password, shown once."""
    desk = current_desk()
    user = _get_user(desk, user_id)
    made = build_password()
    users.reset_password(desk, user, made)
    finish(desk)
    return _render(desk, made=(user.email, made))


def _get_user(desk: Desk, user_id: int) -> User:
    user = desk.session.get(User, user_id)
    if user is None:
        abort(404)
    return user


def _read_roles() -> tuple[RoleName, ...]:
    return read_words(request.form.getlist("roles"), RoleName)


def _render(desk: Desk, *, problem: str = "", made: tuple[str, str] | None = None) -> str:
    return render_template(
        "users.html",
        users=users.list_users(desk.session),
        all_roles=list(RoleName),
        problem=problem,
        made=made,
        typed=request.form if problem else {},
    )
