"""Unggahan: one post with everything known of it, and what can be done about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from indices.audit_sample.measuring import waits_in_sample
from indices.claim_groups.explaining import ClaimGroup, find_claim_group
from indices.copies.explaining import find_other_copies
from indices.documents import PostRecord
from indices.errors import BadInputError
from indices.evidence.wordings import Fault, find_changes
from indices.queries import Hit
from review_ui.access import needs
from review_ui.desk import audit, guards, reviews
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError
from review_ui.desk.models import Case, CasePost
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_, OPEN_STATUSES, CaseStatus
from review_ui.evidence import EvidenceRecord, find_evidence
from review_ui.forms import read_text
from review_ui.highlighting import find_terms, split_marked
from review_ui.masking import has_personal_data, mask
from review_ui.places import explain_language
from review_ui.presenting import web_link
from review_ui.prioritizing import weigh_all
from review_ui.work import current_desk, finish

blueprint = Blueprint("posts", __name__, url_prefix="/unggahan")

_SIMILAR = 6
_MOST_SIMILAR = 15
"""Among which a reviewer may name one that tells the same claim."""
_MOST_CASES = 100
_MOST_SENTENCES = 40
_FAULTS = {
    Fault.NOT_KEPT: N_("Tidak ada bukti tersimpan untuk versi ini atau versi sesudahnya."),
    Fault.LOST: N_("Bukti versi ini atau versi sesudahnya sudah tidak ada."),
    Fault.UNREADABLE: N_("Bukti versi ini atau versi sesudahnya bukan halaman artikel."),
}


@blueprint.get("/<post_id>")
@needs(Permission.READ)
def show(post_id: str) -> str:
    """The post, its numbers masked."""
    desk = current_desk()
    return _render(desk, get_record(desk, post_id), revealed=False)


@blueprint.get("/<post_id>/versi")
@needs(Permission.READ)
def show_changes(post_id: str) -> str:
    """What changed in its words since it was first seen, its numbers masked."""
    desk = current_desk()
    post = get_record(desk, post_id).post
    source = desk.store.find_source(post.source_id)
    return render_template(
        "post_changes.html",
        post=post,
        changes=find_changes(desk.settings, post, source.options if source else {}),
        faults={fault: gettext(words) for fault, words in _FAULTS.items()},
        most=_MOST_SENTENCES,
    )


@blueprint.post("/<post_id>/buka-data")
@needs(Permission.REVEAL)
def reveal(post_id: str) -> str:
    """The post with its numbers, once somebody said why; never kept in a cache."""
    desk = current_desk()
    record = get_record(desk, post_id)
    reason = read_text("reason", 500)
    if len(reason) < 5 or not guards.says_something(reason):
        raise GuardError(N_("Tuliskan alasan membuka data pribadi."))
    audit.record(desk, "post.revealed", post_id, note=reason)
    finish(desk)
    return _render(desk, record, revealed=True)


@blueprint.post("/<post_id>/bukti")
@needs(Permission.REVEAL)
def download_evidence(post_id: str) -> ResponseReturnValue:
    """The kept response as a WARC file; logged, since it shows everything."""
    desk = current_desk()
    record = get_record(desk, post_id)
    found = _find_evidence(desk, record)
    if found is None:
        abort(404)
    audit.record(desk, "post.evidence_downloaded", post_id, note=found.digest)
    finish(desk)
    name = re.sub(r"[^A-Za-z0-9-]", "_", post_id)  # an imported id may be anything
    headers = {"Content-Disposition": f'attachment; filename="{name}.warc.gz"'}
    return Response(found.warc, mimetype="application/warc", headers=headers)


def get_record(desk: Desk, post_id: str) -> PostRecord:
    """The post of an address, or 404."""
    record = desk.store.find_record(post_id)
    if record is None:
        abort(404)
    return record


def list_open_cases(desk: Desk) -> list[Case]:
    """Cases that a post may join, newest first."""
    joinable = (*OPEN_STATUSES, CaseStatus.MONITORED, CaseStatus.PUBLISHED)
    chosen = select(Case).where(Case.status.in_(joinable)).order_by(Case.id.desc())
    return list(desk.session.scalars(chosen.limit(_MOST_CASES)))


def _find_evidence(desk: Desk, record: PostRecord) -> EvidenceRecord | None:
    """The kept response; a reference that leads elsewhere never hides the post itself."""
    if not record.post.evidence:
        return None
    try:
        return find_evidence(desk.settings.evidence_dir, record.post.evidence)
    except BadInputError:
        return None


def _shown_url(url: str, *, revealed: bool) -> str:
    """The address, masked where a number stands in it (wa.me); it then leads nowhere."""
    if not web_link(url):
        return ""
    hidden = mask(url)
    return url if revealed or hidden == url else hidden.partition("://")[2] or hidden


def _outside(desk: Desk, group: ClaimGroup | None, similar: Sequence[Hit]) -> list[Hit]:
    """Similar posts of other groups: what a reviewer may say to tell the same claim."""
    if group is None:
        return []
    members = desk.store.find_members([hit.record.post.id for hit in similar])
    own = group.own.group_id
    return [h for h in similar if (m := members.get(h.record.post.id)) and m.group_id != own]


def _render(desk: Desk, record: PostRecord, *, revealed: bool) -> str:
    post = record.post
    show_text = str if revealed else mask
    is_hidden = waits_in_sample(desk.settings.home, record, desk.now)
    terms = [] if is_hidden else find_terms(record.assessment)
    similar = desk.store.find_similar(post.id, limit=_MOST_SIMILAR)
    group = find_claim_group(desk.store, post)
    linked = select(Case).join(CasePost).where(CasePost.post_id == post.id)
    return render_template(
        "post.html",
        record=record,
        post=post,
        title=show_text(post.title),
        language_why=explain_language(post),
        url=_shown_url(post.url, revealed=revealed),
        paragraphs=[split_marked(part, terms) for part in show_text(post.text).split("\n")],
        hides_data=has_personal_data(f"{post.title}\n{post.text}\n{post.url}"),
        revealed=revealed,
        source=desk.store.find_source(post.source_id),
        hides_machine=is_hidden,
        is_press=guards.is_press(desk.store, post),
        evidence=_find_evidence(desk, record),
        similar=similar[:_SIMILAR],
        group=group,
        elsewhere=_outside(desk, group, similar),
        copies=find_other_copies(desk.store, post),
        priority=weigh_all([record], desk.store, desk.settings)[post.id],
        history=reviews.list_reviews(desk.session, post.id),
        linked_cases=list(desk.session.scalars(linked)),
        open_cases=list_open_cases(desk),
        can_triage=desk.may(Permission.TRIAGE),
        can_reveal=desk.may(Permission.REVEAL),
        here=request.path if request.method == "GET" else "",
    )
