"""Antrean: what needs a decision, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from indices.audit_sample.measuring import find_waiting, measure_misses
from indices.claim_groups.explaining import count_others
from indices.copies.explaining import count_other_copies
from indices.documents import PostRecord, ReviewStatus, SourceKind
from indices.queries import CountField, Hit, Order, Page, PostQuery
from review_ui.access import needs
from review_ui.desk import reviews
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_
from review_ui.forms import read_optional_number, read_text, read_values, read_words, safe_next
from review_ui.pages.posts import get_record
from review_ui.places import own_places
from review_ui.prioritizing import rank_queue
from review_ui.work import (
    current_desk,
    current_session,
    current_settings,
    current_store,
    finish,
)

blueprint = Blueprint("queue", __name__)

PAGE_LENGTH = 25
TABS = {
    "baru": ((ReviewStatus.NEW, ReviewStatus.TRIAGED), N_("Belum diputuskan")),
    "isu": ((ReviewStatus.IN_CASE,), N_("Dalam isu")),
    "dipantau": ((ReviewStatus.MONITORED,), N_("Dipantau")),
    "terjawab": ((ReviewStatus.ANSWERED,), N_("Terjawab")),
    "ditutup": ((ReviewStatus.CLOSED,), N_("Ditutup")),
}
SAMPLE = "sampel"
"""The tab of posts that chance put there, flagged by nobody."""
SAMPLE_NAME = N_("Sampel pemeriksaan")
PRIORITY, CLAIMS = "prioritas", "klaim"
"""By priority, each post or one for each claim."""
ORDERS = {
    "mendesak": Order.PROBABILITY,
    PRIORITY: Order.PROBABILITY,
    CLAIMS: Order.PROBABILITY,
    "terbaru": Order.NEWEST,
}
COUNTED = (
    *(CountField.STATUS, CountField.SOURCE_KIND),
    *(CountField.TOPIC, CountField.PLACE, CountField.LANGUAGE),
)
_DONE = {
    "monitor": N_("Unggahan dipantau."),
    "not_an_issue": N_("Unggahan ditutup: bukan isu."),
    "opinion": N_("Unggahan ditutup tanpa label: opini/kritik."),
    "satire": N_("Unggahan ditutup tanpa label: satire."),
    "reopen": N_("Unggahan kembali ke antrean."),
    "out_of_region": N_("Unggahan ditutup: di luar wilayah."),
}


@blueprint.get("/antrean")
@needs(Permission.READ)
def show() -> str:
    """The queue: one search and one count."""
    store = current_store()
    tab = request.args.get("status", "baru")
    tab = tab if tab in TABS or tab == SAMPLE else "baru"
    order = request.args.get("urut", "mendesak")
    counted = _read_query(order)
    sampled = find_waiting(current_settings().home, store, g.now)
    ranked = None
    if tab == SAMPLE:
        query, page = counted, _sample_page(sampled)
    else:
        query, cursor = replace(counted, statuses=TABS[tab][0]), request.args.get("kursor") or None
        if order in {PRIORITY, CLAIMS}:
            once = order == CLAIMS
            ranked = rank_queue(store, current_settings(), query, one_per_claim=once)
            page = ranked.page(PAGE_LENGTH, cursor)
        else:
            page = store.search(query, limit=PAGE_LENGTH, cursor=cursor)
    counts = store.count_by(counted, COUNTED)
    sources = {source.id: source for source in store.iter_sources()}
    post_ids = [hit.record.post.id for hit in page.hits]
    return render_template(
        "queue.html",
        page=page,
        copies=count_other_copies(store, post_ids),
        same_claim=count_others(store, post_ids),
        ranked=ranked,
        query=query,
        tab=tab,
        tabs=[*_count_tabs(counts[CountField.STATUS]), (SAMPLE, SAMPLE_NAME, len(sampled))],
        misses=measure_misses(current_settings().home, store, g.now) if tab == SAMPLE else None,
        order=order if order in ORDERS else "mendesak",
        counts={field.value: counts[field] for field in COUNTED},
        sources=sources,
        places=own_places(current_settings().home, counts[CountField.PLACE]),
        versions=reviews.find_versions(current_session(), post_ids),
        here=request.full_path.rstrip("?"),
    )


@blueprint.post("/antrean/<post_id>")
@needs(Permission.TRIAGE)
def triage(post_id: str) -> ResponseReturnValue:
    """One press of a button: monitor, or close without a label."""
    desk = current_desk()
    choice = request.form.get("choice", "")
    get_record(desk, post_id)
    reviews.triage(
        desk,
        post_id,
        choice,
        read_text("reason", 1000),
        expected_version=read_optional_number("version"),
    )
    finish(desk)
    flash(gettext(_DONE[choice]), f"undo:{post_id}")
    return redirect(safe_next(url_for("queue.show")), 303)


@blueprint.post("/antrean/<post_id>/batal")
@needs(Permission.TRIAGE)
def undo(post_id: str) -> ResponseReturnValue:
    """Take the last press back."""
    desk = current_desk()
    get_record(desk, post_id)
    reviews.undo(desk, post_id)
    finish(desk)
    flash(gettext("Dibatalkan; unggahan kembali seperti semula."), "success")
    return redirect(safe_next(url_for("queue.show")), 303)


def _read_query(order: str) -> PostQuery:
    """What the filters ask for, whatever the tab."""
    return PostQuery(
        flagged=True,
        source_kinds=read_words(request.args.getlist("jenis"), SourceKind),
        source_ids=read_values("sumber"),
        topics=read_values("topik"),
        places=read_values("tempat"),
        languages=read_values("bahasa"),
        order=ORDERS.get(order, Order.PROBABILITY),
    )


def _sample_page(records: Sequence[PostRecord]) -> Page:
    return Page(hits=tuple(Hit(record=record) for record in records), total=len(records))


def _count_tabs(by_status: Mapping[str, int]) -> list[tuple[str, str, int]]:
    return [
        (key, name, sum(by_status.get(status.value, 0) for status in statuses))
        for key, (statuses, name) in TABS.items()
    ]
