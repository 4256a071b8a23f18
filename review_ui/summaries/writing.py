"""The summary's files: page, PDF and message, each whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indices.errors import LuruskanError
from indices.whole_files import whole_file
from review_ui.summaries.chart import draw_chart
from review_ui.summaries.figures import WeeklySummary
from review_ui.summaries.message import write_message
from review_ui.summaries.page import render_page
from review_ui.summaries.printing import print_pdf
from review_ui.summaries.wording import build_report

FORMATS = {"html": ("html",), "pdf": ("pdf",), "text": ("txt",), "both": ("html", "pdf", "txt")}


def write_files(summary: WeeklySummary, folder: Path, form: str) -> list[Path]:
    """Write `ringkasan-2026-W47.*` into a folder.

    Args:
        form: a key of `FORMATS`.

    Returns:
        The paths, in the order in which they were written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, content in _iter_contents(summary, FORMATS[form]):
            path = folder / f"ringkasan-{summary.week.name}.{ending}"
            with whole_file(path) as out:
                out.write(content)
            written.append(path)
    except OSError as error:
        raise LuruskanError(
            f"{folder}: cannot be written ({error.strerror}); choose another with --output"
        ) from error
    return written


def _iter_contents(summary: WeeklySummary, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    report, chart = build_report(summary), draw_chart(summary)
    if "html" in endings:
        yield "html", render_page(report, chart).encode()
    if "pdf" in endings:
        yield "pdf", print_pdf(report, chart, summary.written_at)
    if "txt" in endings:
        yield "txt", write_message(report).encode()
