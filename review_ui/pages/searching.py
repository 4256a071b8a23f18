"""Cari: every post in the record, by words and filters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request

from indices.documents import ReviewStatus, SourceKind
from indices.queries import CountField, Order, PostQuery
from review_ui.access import needs
from review_ui.desk.permissions import Permission
from review_ui.forms import read_date, read_values, read_words
from review_ui.places import own_places
from review_ui.work import current_settings, current_store

blueprint = Blueprint("search", __name__)

PAGE_LENGTH = 25
ORDERS = {"relevan": Order.RELEVANCE, "terbaru": Order.NEWEST, "mendesak": Order.PROBABILITY}
_FACETS = (
    CountField.SOURCE_KIND,
    CountField.STATUS,
    CountField.PLATFORM,
    CountField.TOPIC,
    CountField.SOURCE,
    CountField.PLACE,
    CountField.LANGUAGE,
)
_FLAGS = {"ya": True, "tidak": False}


@blueprint.get("/cari")
@needs(Permission.READ)
def show() -> str:
    """Hits with facets; an outage is an outage, never an empty list."""
    store = current_store()
    query = _read_query()
    page = store.search(query, limit=PAGE_LENGTH, cursor=request.args.get("kursor") or None)
    counts = store.count_by(query, _FACETS)
    order = request.args.get("urut", "")
    return render_template(
        "search.html",
        page=page,
        query=query,
        order=order if order in ORDERS else "relevan",
        counts={field.value: counts[field] for field in _FACETS},
        places=own_places(current_settings().home, counts[CountField.PLACE]),
        sources={source.id: source for source in store.iter_sources()},
        here=request.full_path.rstrip("?"),
        kinds=list(SourceKind),
        statuses=list(ReviewStatus),
    )


def _read_query() -> PostQuery:
    args = request.args
    return PostQuery(
        text=args.get("q", "")[:400],
        source_kinds=read_words(args.getlist("jenis"), SourceKind),
        source_ids=read_values("sumber"),
        platforms=read_values("kanal"),
        topics=read_values("topik"),
        places=read_values("tempat"),
        languages=read_values("bahasa"),
        statuses=read_words(args.getlist("status"), ReviewStatus),
        flagged=_FLAGS.get(args.get("ditandai", "")),
        collected_from=_midnight(read_date(args.get("dari", ""))),
        collected_until=_midnight(read_date(args.get("sampai", "")), days_later=1),
        order=ORDERS.get(args.get("urut", ""), Order.RELEVANCE),
    )


def _midnight(day: date | None, days_later: int = 0) -> datetime | None:
    """The office's midnight; `sampai` is a day that counts as well."""
    if day is None or day.year > 9000:
        return None
    zone = ZoneInfo(current_settings().office.timezone)
    return datetime.combine(day + timedelta(days=days_later), time(), zone)
