"""Kelompok klaim: posts that tell the same claim, who moved them, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from indices.claim_groups.explaining import find_claim_group, find_largest
from indices.documents import GroupChange, GroupChangeKind
from review_ui.access import needs
from review_ui.desk import claim_groups
from review_ui.desk.context import Desk
from review_ui.desk.models import User
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_
from review_ui.forms import read_text, safe_next
from review_ui.pages.posts import get_record
from review_ui.work import current_desk, finish

blueprint = Blueprint("claim_groups", __name__, url_prefix="/kelompok")

_SHOWN = 100
_LARGEST = 20
_DAYS = 14
KIND_NAMES = {
    GroupChangeKind.MERGED: N_("Digabung"),
    GroupChangeKind.SPLIT: N_("Dipecah"),
    GroupChangeKind.MOVED: N_("Dipindahkan"),
}


@blueprint.get("")
@needs(Permission.READ)
def index() -> str:
    """What most posts of late tell, and what moved posts between groups, newest first."""
    desk = current_desk()
    since = desk.now - timedelta(days=_DAYS)
    changes = list(desk.store.iter_group_changes())[::-1][:_SHOWN]
    return render_template(
        "claim_groups.html",
        largest=find_largest(desk.store, since=since, limit=_LARGEST),
        days=_DAYS,
        changes=changes,
        names=name_people(desk, changes),
        kind_names=KIND_NAMES,
    )


@blueprint.get("/<group_id>")
@needs(Permission.READ)
def show(group_id: str) -> str:
    """All posts of a group, and its own history."""
    desk = current_desk()
    first = next(desk.store.iter_members(group_id, limit=1), None)
    changes = list(desk.store.iter_group_changes(group_id=group_id))[::-1]
    if first is None and not changes:
        abort(404)
    post = get_record(desk, first.post_id).post if first else None
    return render_template(
        "claim_group.html",
        group_id=group_id,
        post=post,
        group=find_claim_group(desk.store, post, limit=_SHOWN) if post else None,
        changes=changes[:_SHOWN],
        names=name_people(desk, changes),
        kind_names=KIND_NAMES,
        can_triage=desk.may(Permission.TRIAGE),
    )


@blueprint.post("/keluarkan")
@needs(Permission.TRIAGE)
def take_out() -> ResponseReturnValue:
    """Put a post into a group of its own."""
    return _done(
        gettext("Unggahan dikeluarkan dari kelompoknya."),
        lambda desk, post_id: claim_groups.take_out(desk, post_id, read_text("reason", 500)),
    )


@blueprint.post("/masukkan")
@needs(Permission.TRIAGE)
def put_in() -> ResponseReturnValue:
    """Put a post into another post's group, or join both groups whole."""
    other_id = request.form.get("other_id", "")
    whole = request.form.get("whole") == "yes"
    act = claim_groups.merge if whole else claim_groups.put_in

    def move(desk: Desk, post_id: str) -> GroupChange:
        get_record(desk, other_id)
        return act(desk, post_id, other_id, read_text("reason", 500))

    return _done(
        gettext("Kedua kelompok digabung.") if whole else gettext("Unggahan dipindahkan."), move
    )


@blueprint.post("/batal")
@needs(Permission.TRIAGE)
def undo() -> ResponseReturnValue:
    """Take the last word back."""
    desk = current_desk()
    claim_groups.undo(desk, request.form.get("change_id", ""))
    finish(desk)
    flash(gettext("Dibatalkan; kelompok kembali seperti semula."), "success")
    return redirect(safe_next(url_for("claim_groups.index")), 303)


def name_people(desk: Desk, changes: list[GroupChange]) -> dict[str, str]:
    """Who the user ids in the changes are."""
    ids = {int(change.changed_by) for change in changes if change.changed_by.isdigit()}
    people = desk.session.scalars(select(User).where(User.id.in_(ids)))
    return {str(person.id): person.display_name for person in people}


def _done(message: str, move: Callable[[Desk, str], GroupChange]) -> ResponseReturnValue:
    desk = current_desk()
    post_id = request.form.get("post_id", "")
    get_record(desk, post_id)
    change = move(desk, post_id)
    finish(desk)
    flash(message, f"undo-group:{change.id}")
    return redirect(safe_next(url_for("posts.show", post_id=post_id)), 303)
