"""`luruskan summary`: the week for the spokesperson, as a page, a PDF and a message."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from indices.runtime import Runtime


@click.command()
@click.option(
    "--week",
    default="last",
    show_default=True,
    help="2026-W47, or `this` for the running week, or `last` for the last whole one.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into [default: summaries in the data directory].",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "pdf", "text", "both"]),
    default="both",
    show_default=True,
    help="What to write; `both` writes the page, the PDF and the text for WhatsApp.",
)
@click.pass_obj
def summary(runtime: Runtime, week: str, output: Path | None, form: str) -> None:
    """Write the weekly summary for the spokesperson.

    What was collected and seen, what was decided and answered, what is still open, and the
    five cases that matter, each with its approved answer. A past week always gives the same
    figures. Prints the paths of what it wrote.

    \b
    Examples:
      luruskan summary                         the last whole week
      luruskan summary --week 2026-W47         that week
      luruskan summary --week this --format pdf --output ~/Desktop
    """
    from review_ui.desk.database import desk_session
    from review_ui.summaries.building import build_summary
    from review_ui.summaries.weeks import parse_week
    from review_ui.summaries.writing import write_files

    now = datetime.now(UTC)
    settings = runtime.settings
    chosen = parse_week(week, settings.office.timezone, now)
    with runtime.store() as store, desk_session(settings) as session:
        built = build_summary(store, session, settings, chosen, now)
    for path in write_files(built, output or settings.home / "summaries", form):
        click.echo(path)
