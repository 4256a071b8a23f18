"""Ringkasan: the weekly summaries at the desk, as a page, a PDF and a message."""

from __future__ import annotations

import base64

from flask import Blueprint, Response, abort, g, render_template

from indices.errors import BadInputError
from review_ui.access import needs
from review_ui.desk.permissions import Permission
from review_ui.summaries.building import build_summary
from review_ui.summaries.figures import WeeklySummary
from review_ui.summaries.indonesian import span
from review_ui.summaries.message import write_message
from review_ui.summaries.weeks import parse_week, week_at
from review_ui.summaries.wording import build_report
from review_ui.work import current_session, current_settings, current_store

blueprint = Blueprint("summaries", __name__, url_prefix="/ringkasan", template_folder="templates")
WEEKS = 12


@blueprint.get("/")
@needs(Permission.READ)
def index() -> str:
    """The running week and those before it."""
    week = week_at(g.now, current_settings().office.timezone)
    weeks = []
    for _ in range(WEEKS):
        weeks.append({"name": week.name, "period": span(week.days[0], week.days[-1])})
        week = week.before
    return render_template("summaries/index.html", weeks=weeks)


@blueprint.get("/<week>")
@needs(Permission.READ)
def show(week: str) -> str:
    """One week, in the desk's own frame."""
    from review_ui.summaries.chart import draw_chart

    summary = _summary(week)
    chart = base64.b64encode(draw_chart(summary).encode()).decode()
    return render_template(
        "summaries/week.html",
        report=build_report(summary),
        chart_url=f"data:image/svg+xml;base64,{chart}",
    )


@blueprint.get("/<week>.pdf")
@needs(Permission.READ)
def pdf(week: str) -> Response:
    """One week to print or to send."""
    from review_ui.summaries.chart import draw_chart
    from review_ui.summaries.printing import print_pdf

    summary = _summary(week)
    content = print_pdf(build_report(summary), draw_chart(summary), summary.written_at)
    return _file(content, "application/pdf", f"ringkasan-{summary.week.name}.pdf")


@blueprint.get("/<week>.txt")
@needs(Permission.READ)
def text(week: str) -> Response:
    """One week as a WhatsApp message."""
    summary = _summary(week)
    content = write_message(build_report(summary)).encode()
    return _file(content, "text/plain; charset=utf-8", f"ringkasan-{summary.week.name}.txt")


def _summary(name: str) -> WeeklySummary:
    """404 for what is no week or has not begun."""
    settings = current_settings()
    try:
        week = parse_week(name, settings.office.timezone, g.now)
    except BadInputError:
        abort(404)
    return build_summary(current_store(), current_session(), settings, week, g.now)


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, content_type=kind, headers=headers)
