"""The summary as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
from importlib.resources import files

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from review_ui.summaries.report import Report


def render_page(report: Report, chart: str) -> str:
    """Style and chart inside; what people typed is escaped."""
    environment = Environment(
        loader=PackageLoader("review_ui.summaries"), autoescape=True, trim_blocks=True
    )
    css = files("review_ui").joinpath("static/ringkasan.css")
    encoded = base64.b64encode(chart.encode()).decode()
    return environment.get_template("summaries/standalone.html").render(
        report=report,
        css=Markup(css.read_text(encoding="utf-8")),  # noqa: S704 - our own file
        chart_url=f"data:image/svg+xml;base64,{encoded}",
    )
