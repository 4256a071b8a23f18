"""Isu: the list, one case, and everything that can be done with it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select

from review_ui.access import needs
from review_ui.desk import cases
from review_ui.desk.cases import CaseText, Weighing
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError, StaleEditError
from review_ui.desk.linking import link_copies
from review_ui.desk.models import AuditEvent, Case
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import (
    EXITS,
    N_,
    OPEN_STATUSES,
    CaseStatus,
    DecisionKind,
    LinkRole,
    Mark,
    Topic,
)
from review_ui.forms import read_number, read_place, read_text, read_word
from review_ui.pages.posts import get_record, list_open_cases
from review_ui.pages.steps import build_steps, next_step
from review_ui.work import current_desk, finish

blueprint = Blueprint("cases", __name__, url_prefix="/isu")

PAGE_LENGTH = 30
TABS = {
    "terbuka": (OPEN_STATUSES, N_("Terbuka")),
    "terbit": ((CaseStatus.PUBLISHED,), N_("Terbit")),
    "dipantau": ((CaseStatus.MONITORED,), N_("Dipantau")),
    "selesai": ((CaseStatus.DONE, *EXITS), N_("Selesai dan ditutup")),
}


@blueprint.get("")
@needs(Permission.READ)
def index() -> str:
    """All cases of a state, newest first."""
    desk = current_desk()
    tab = request.args.get("status", "terbuka")
    tab = tab if tab in TABS else "terbuka"
    before = read_place("sebelum")
    found = _list(desk, select(Case).where(Case.status.in_(TABS[tab][0])), before)
    return render_template(
        "cases.html",
        cases=found[:PAGE_LENGTH],
        following=found[PAGE_LENGTH - 1].id if len(found) > PAGE_LENGTH else None,
        tab=tab,
        tabs=TABS,
    )


@blueprint.get("/baru")
@needs(Permission.TRIAGE)
def begin() -> str:
    """The form that opens a case, for a post."""
    return _render_form(current_desk(), request.args.get("unggahan", ""))


@blueprint.post("/baru")
@needs(Permission.TRIAGE)
def open_case() -> ResponseReturnValue:
    """Open a case and link its first post."""
    desk = current_desk()
    post_id = read_text("post_id", 64)
    typed = _read_case()
    same = cases.find_same_case(desk.session, typed.claim, post_id)
    if same is not None:
        flash(gettext("Isu ini sudah dibuka."), "success")
        return redirect(url_for("cases.show", case_id=same.id), 303)
    try:
        case = cases.open_case(desk, typed)
        if post_id:
            cases.link_post(desk, case, post_id, role=_read_role())
    except GuardError as error:
        desk.session.rollback()
        return _render_form(desk, post_id, str(error)), 400
    finish(desk)
    flash(gettext("Isu dibuka. Timbang dampaknya, lalu putuskan."), "success")
    return redirect(url_for("cases.show", case_id=case.id), 303)


@blueprint.get("/<int:case_id>")
@needs(Permission.READ)
def show(case_id: int) -> str:
    """One case."""
    desk = current_desk()
    return _render_case(desk, get_case(desk, case_id))


@blueprint.route("/<int:case_id>/ubah", methods=["GET", "POST"])
@needs(Permission.TRIAGE)
def edit(case_id: int) -> ResponseReturnValue:
    """Change claim, title or topic."""
    desk = current_desk()
    case = get_case(desk, case_id)
    if request.method == "GET":
        return render_template("case_edit.html", case=case, typed=case, topics=list(Topic))
    typed = _read_case()
    try:
        cases.edit_case(desk, case, typed, expected_version=read_number("version"))
    except (GuardError, StaleEditError) as error:
        desk.session.rollback()
        status = 409 if isinstance(error, StaleEditError) else 400
        page = render_template(
            "case_edit.html", case=case, typed=typed, topics=list(Topic), problem=str(error)
        )
        return page, status
    finish(desk)
    flash(gettext("Isu disimpan."), "success")
    return redirect(url_for("cases.show", case_id=case.id), 303)


@blueprint.post("/tautkan")
@needs(Permission.TRIAGE)
def link() -> ResponseReturnValue:
    """Add a post to a case that is already open."""
    desk = current_desk()
    case = get_case(desk, read_number("case_id"))
    post_id, role = read_text("post_id", 64), _read_role()
    cases.link_post(desk, case, post_id, role=role)
    count = link_copies(desk, case, post_id, role=role) if request.form.get("copies") else 0
    finish(desk)
    if count:
        flash(gettext("Unggahan dan %(count)s salinannya ditautkan.", count=count), "success")
    else:
        flash(gettext("Unggahan ditautkan ke isu ini."), "success")
    return redirect(url_for("cases.show", case_id=case.id), 303)


@blueprint.post("/<int:case_id>/lepas")
@needs(Permission.TRIAGE)
def unlink(case_id: int) -> ResponseReturnValue:
    """Take a post out of a case."""
    desk = current_desk()
    case = get_case(desk, case_id)
    cases.unlink_post(desk, case, read_text("post_id", 64))
    return _done(desk, case, gettext("Unggahan dilepas dari isu ini."))


@blueprint.post("/<int:case_id>/putusan")
@needs(Permission.TRIAGE)
def decide(case_id: int) -> ResponseReturnValue:
    """Respond, monitor or ignore."""
    desk = current_desk()
    case = get_case(desk, case_id)
    weighing = Weighing(
        kind=read_word("kind", DecisionKind),
        harm=read_word("harm", Mark),
        reach=read_word("reach", Mark),
        speed=read_word("speed", Mark),
        locality=read_word("locality", Mark),
        reason=read_text("reason", 2000),
    )
    try:
        cases.decide(desk, case, weighing)
    except GuardError as error:
        desk.session.rollback()
        return _render_case(desk, get_case(desk, case_id), weighing, str(error)), 400
    return _done(desk, case, gettext("Keputusan dicatat."))


@blueprint.post("/<int:case_id>/tutup")
@needs(Permission.TRIAGE)
def close(case_id: int) -> ResponseReturnValue:
    """Leave by an exit; no public label."""
    desk = current_desk()
    case = get_case(desk, case_id)
    cases.close_case(desk, case, read_word("exit", CaseStatus), read_text("note", 2000))
    return _done(desk, case, gettext("Isu ditutup tanpa label publik."))


@blueprint.post("/<int:case_id>/buka-kembali")
@needs(Permission.TRIAGE)
def reopen(case_id: int) -> ResponseReturnValue:
    """Back to work."""
    desk = current_desk()
    case = get_case(desk, case_id)
    cases.reopen_case(desk, case)
    return _done(desk, case, gettext("Isu dibuka kembali."))


@blueprint.post("/<int:case_id>/selesai")
@needs(Permission.TRIAGE)
def finish_case(case_id: int) -> ResponseReturnValue:
    """Answered and done."""
    desk = current_desk()
    case = get_case(desk, case_id)
    cases.finish_case(desk, case)
    return _done(desk, case, gettext("Isu selesai."))


@blueprint.get("/<int:case_id>/hak-jawab/<post_id>")
@needs(Permission.TRIAGE)
def letter(case_id: int, post_id: str) -> str:
    """A letter to a press outlet, ready to be completed: hak jawab or hak koreksi."""
    desk = current_desk()
    case = get_case(desk, case_id)
    post = next((one for one in case.posts if one.post_id == post_id and one.is_press), None)
    if post is None:
        abort(404)
    return render_template("letter.html", case=case, post=post)


def get_case(desk: Desk, case_id: int) -> Case:
    """The case of an address, or 404."""
    case = desk.session.get(Case, case_id)
    if case is None:
        abort(404)
    return case


def _list(desk: Desk, chosen: Select[Case], before: int | None) -> list[Case]:
    if before is not None:
        chosen = chosen.where(Case.id < before)
    return list(desk.session.scalars(chosen.order_by(Case.id.desc()).limit(PAGE_LENGTH + 1)))


def _read_case() -> CaseText:
    return CaseText(
        claim=read_text("claim", 2000),
        title=read_text("title", 500),
        topic=read_word("topic", Topic),
        checkable=request.form.get("checkable") == "yes",
    )


def _read_role() -> LinkRole:
    return read_word("role", LinkRole) if request.form.get("role") else LinkRole.CARRIES


def _done(desk: Desk, case: Case, message: str) -> ResponseReturnValue:
    finish(desk)
    flash(message, "success")
    return redirect(url_for("cases.show", case_id=case.id), 303)


def _without_echoes(events: list[AuditEvent]) -> list[AuditEvent]:
    """A change of status is left out where its cause, at the same moment, already says it."""
    causes = {event.happened_at for event in events if event.action != "case.status"}
    return [one for one in events if one.action != "case.status" or one.happened_at not in causes]


def _render_form(desk: Desk, post_id: str, problem: str = "") -> str:
    record = get_record(desk, post_id) if post_id else None
    return render_template(
        "case_new.html",
        record=record,
        source=desk.store.find_source(record.post.source_id) if record else None,
        typed=request.form,
        problem=problem,
        topics=list(Topic),
        open_cases=list_open_cases(desk),
    )


def _render_case(
    desk: Desk, case: Case, weighing: Weighing | None = None, problem: str = ""
) -> str:
    events = select(AuditEvent).where(AuditEvent.case_id == case.id).order_by(AuditEvent.id.desc())
    return render_template(
        "case.html",
        case=case,
        steps=build_steps(case),
        step=next_step(desk, case),
        weighing=weighing or case.decision,
        problem=problem,
        events=_without_echoes(list(desk.session.scalars(events))),
        can_triage=desk.may(Permission.TRIAGE),
        can_write=desk.may(Permission.WRITE),
        can_approve=desk.may(Permission.APPROVE),
        exits=list(EXITS),
        decision_kinds=list(DecisionKind),
        marks=list(Mark),
    )
