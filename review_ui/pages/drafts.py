"""Naskah: the editor of a rebuttal, its approval and publication."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from indices.documents import Verdict
from review_ui.access import needs
from review_ui.desk import rebuttals
from review_ui.desk.checklist import build_checklist
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError, StaleEditError
from review_ui.desk.models import Case, OfficialFact, RebuttalVersion
from review_ui.desk.permissions import Permission
from review_ui.desk.rebuttals import Citation, RebuttalText
from review_ui.desk.vocabulary import FalsehoodType, VersionStatus
from review_ui.forms import read_date, read_number, read_optional_word, read_text, read_word
from review_ui.pages.cases import get_case
from review_ui.work import current_desk, finish

blueprint = Blueprint("drafts", __name__)

_FEWEST_SOURCE_ROWS = 2
_MOST_SOURCES = 20


@blueprint.get("/persetujuan")
@needs(Permission.READ)
def waiting() -> str:
    """What waits for an editor: submitted texts and approved ones not yet published."""
    desk = current_desk()
    statuses = (VersionStatus.SUBMITTED, VersionStatus.APPROVED, VersionStatus.DRAFT)
    chosen = select(RebuttalVersion).where(RebuttalVersion.status.in_(statuses))
    versions = desk.session.scalars(chosen.order_by(RebuttalVersion.submitted_at)).all()
    return render_template("approvals.html", versions=versions, statuses=VersionStatus)


@blueprint.get("/isu/<int:case_id>/draf")
@needs(Permission.WRITE)
def begin(case_id: int) -> ResponseReturnValue:
    """An empty editor, or the draft that is already there."""
    desk = current_desk()
    case = get_case(desk, case_id)
    if case.rebuttal is not None and case.rebuttal.in_work is not None:
        return redirect(url_for("drafts.show", version_id=case.rebuttal.in_work.id))
    return _render_editor(case, None, RebuttalText(verdict=Verdict.UNVERIFIED))


@blueprint.post("/isu/<int:case_id>/draf")
@needs(Permission.WRITE)
def start(case_id: int) -> ResponseReturnValue:
    """Keep the first draft of a case."""
    desk = current_desk()
    case = get_case(desk, case_id)
    text = _read_text()
    try:
        version = rebuttals.start_draft(desk, case, text)
    except GuardError as error:
        desk.session.rollback()
        return _render_editor(get_case(desk, case_id), None, text, str(error)), 400
    return _saved(desk, version)


@blueprint.get("/naskah/<int:version_id>")
@needs(Permission.READ)
def show(version_id: int) -> str:
    """The editor for a draft, else the text with what can be done with it."""
    desk = current_desk()
    version = get_version(desk, version_id)
    editing = request.args.get("lihat") is None and desk.may(Permission.WRITE)
    if version.status is VersionStatus.DRAFT and editing:
        text = rebuttals.text_of(version)
        return _render_editor(version.rebuttal.case, version, text)
    return _render_text(desk, version)


@blueprint.post("/naskah/<int:version_id>")
@needs(Permission.WRITE)
def edit(version_id: int) -> ResponseReturnValue:
    """Keep a draft; hand it in as well when that button was pressed."""
    desk = current_desk()
    version = get_version(desk, version_id)
    text = _read_text()
    try:
        rebuttals.edit_draft(desk, version, text, expected_version=read_number("version"))
    except (GuardError, StaleEditError) as error:
        desk.session.rollback()
        status = 409 if isinstance(error, StaleEditError) else 400
        version = get_version(desk, version_id)
        return _render_editor(version.rebuttal.case, version, text, str(error)), status
    return _saved(desk, version)


@blueprint.post("/naskah/<int:version_id>/setujui")
@needs(Permission.APPROVE)
def approve(version_id: int) -> ResponseReturnValue:
    """Approve what somebody else wrote."""
    return _act(version_id, rebuttals.approve, gettext("Naskah disetujui; siap diterbitkan."))


@blueprint.post("/naskah/<int:version_id>/terbitkan")
@needs(Permission.APPROVE)
def publish(version_id: int) -> ResponseReturnValue:
    """Before the public."""
    return _act(version_id, rebuttals.publish, gettext("Klarifikasi terbit."))


@blueprint.post("/naskah/<int:version_id>/kembalikan")
@needs(Permission.APPROVE)
def send_back(version_id: int) -> ResponseReturnValue:
    """Back to the author, with a word why."""
    note = read_text("note", 2000)
    message = gettext("Naskah dikembalikan kepada penulisnya.")
    return _act(version_id, lambda desk, one: rebuttals.send_back(desk, one, note), message)


@blueprint.post("/naskah/<int:version_id>/buang")
@needs(Permission.WRITE)
def discard(version_id: int) -> ResponseReturnValue:
    """Give a draft up."""
    return _act(version_id, rebuttals.discard_draft, gettext("Draf dibuang."))


@blueprint.post("/naskah/<int:version_id>/koreksi")
@needs(Permission.WRITE)
def correct(version_id: int) -> ResponseReturnValue:
    """A new version with a public note."""
    desk = current_desk()
    current = get_version(desk, version_id)
    version = rebuttals.start_correction(desk, current.rebuttal, read_text("note", 2000))
    finish(desk)
    flash(gettext("Versi koreksi dibuat; perbaiki, lalu ajukan."), "success")
    return redirect(url_for("drafts.show", version_id=version.id), 303)


@blueprint.post("/naskah/<int:version_id>/tarik")
@needs(Permission.APPROVE)
def withdraw(version_id: int) -> ResponseReturnValue:
    """Take back what was published, with a public note."""
    note = read_text("note", 2000)
    message = gettext("Klarifikasi ditarik; halaman publik mengatakannya.")
    return _act(version_id, lambda desk, one: rebuttals.withdraw(desk, one.rebuttal, note), message)


def get_version(desk: Desk, version_id: int) -> RebuttalVersion:
    """The version of an address, or 404."""
    version = desk.session.get(RebuttalVersion, version_id)
    if version is None:
        abort(404)
    return version


def _act(
    version_id: int, action: Callable[[Desk, RebuttalVersion], object], message: str
) -> ResponseReturnValue:
    desk = current_desk()
    version = get_version(desk, version_id)
    action(desk, version)
    case_id = version.rebuttal.case_id
    finish(desk)
    flash(message, "success")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _saved(desk: Desk, version: RebuttalVersion) -> ResponseReturnValue:
    """Drafts are kept first, so that a refused submission loses nothing."""
    finish(desk)
    if request.form.get("then") != "submit":
        flash(gettext("Draf disimpan."), "success")
        return redirect(url_for("drafts.show", version_id=version.id), 303)
    try:
        rebuttals.submit(desk, version)
    except GuardError as error:
        desk.session.rollback()
        kept = get_version(desk, version.id)
        text = rebuttals.text_of(kept)
        return _render_editor(kept.rebuttal.case, kept, text, str(error)), 400
    case_id = version.rebuttal.case_id
    finish(desk)
    flash(gettext("Naskah diajukan; menunggu persetujuan orang lain."), "success")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _read_text() -> RebuttalText:
    return RebuttalText(
        headline=read_text("headline", 160),
        fact=read_text("fact"),
        myth=read_text("myth"),
        explanation=read_text("explanation"),
        fact_again=read_text("fact_again"),
        verdict=read_word("verdict", Verdict),
        falsehood_type=read_optional_word("falsehood_type", FalsehoodType),
        sources=_read_sources(),
    )


def _read_sources() -> tuple[Citation, ...]:
    columns = [request.form.getlist(f"source_{name}") for name in ("agency", "document", "url")]
    dates = request.form.getlist("source_dated_on")
    rows = list(zip(*columns, dates, strict=False))[:_MOST_SOURCES]
    return tuple(
        Citation(
            agency=agency.strip()[:200],
            document=document.strip()[:300],
            url=url.strip()[:2000],
            dated_on=read_date(dated_on),
        )
        for agency, document, url, dated_on in rows
        if agency.strip() or document.strip() or url.strip()
    )


def _render_editor(
    case: Case, version: RebuttalVersion | None, text: RebuttalText, problem: str = ""
) -> str:
    return render_template(
        "draft.html",
        case=case,
        version=version,
        text=text,
        problem=problem,
        source_rows=_offer_rows(text.sources),
        checklist=build_checklist(version or _unsaved(text)),
        verdicts=list(Verdict),
        falsehood_types=list(FalsehoodType),
    )


def _render_text(desk: Desk, version: RebuttalVersion) -> str:
    return render_template(
        "draft_text.html",
        version=version,
        case=version.rebuttal.case,
        checklist=build_checklist(version),
        wrote_it=desk.user.id in version.contributor_ids,
        can_write=desk.may(Permission.WRITE),
        can_approve=desk.may(Permission.APPROVE),
    )


def _offer_rows(sources: tuple[Citation, ...]) -> list[Citation]:
    """The sources with room for one more, so that the form needs no script."""
    empty = Citation(agency="", document="")
    return [*sources, *[empty] * max(1, _FEWEST_SOURCE_ROWS - len(sources))]


def _unsaved(text: RebuttalText) -> RebuttalVersion:
    """A version that only the checklist sees."""
    parts = {name: getattr(text, name) for name in rebuttals.PARTS}
    facts = [OfficialFact(agency=one.agency, document=one.document) for one in text.sources]
    return RebuttalVersion(**parts, facts=facts)
