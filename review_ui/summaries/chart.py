"""Posts per day as SVG: two columns a day, labelled directly, told apart without colour too."""

from __future__ import annotations

import re
from io import StringIO
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from review_ui.summaries.figures import WeeklySummary
from review_ui.summaries.indonesian import SHORT_DAYS

# Blue and vermilion of Okabe and Ito, which colour-blind readers tell apart.
COLLECTED, FLAGGED, INK = "#0072B2", "#D55E00", "#222222"
_SETTINGS = {
    "svg.hashsalt": "luruskan",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "hatch.linewidth": 0.8,
}
_DRAWING = Lock()


def draw_chart(summary: WeeklySummary) -> str:
    """An SVG on white; the same figures give the same bytes."""
    posts, days = summary.figures.posts, summary.week.days
    collected = [posts.collected_by_day.get(day, 0) for day in days]
    flagged = [posts.flagged_by_day.get(day, 0) for day in days]
    # Settings of matplotlib are the whole process's, and the desk serves in several threads.
    with _DRAWING, mpl.rc_context(_SETTINGS):  # type: ignore[arg-type]
        figure = Figure(figsize=(7.0, 2.1), layout="constrained")
        axes = figure.subplots()
        places = range(len(days))
        _columns(axes, [place - 0.2 for place in places], collected, COLLECTED, "")
        _columns(axes, [place + 0.2 for place in places], flagged, FLAGGED, "////")
        axes.set_xticks(list(places), [f"{SHORT_DAYS[day.weekday()]} {day.day}" for day in days])
        _clear(axes, max([*collected, 1]))
        _name_columns(axes, collected, flagged)
        if not any(collected):
            _say_empty(axes)
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(r"<!DOCTYPE.*?>\s*", "", written.getvalue(), flags=re.DOTALL)


def _columns(axes: Any, places: list[float], counts: list[int], colour: str, hatch: str) -> None:
    bars = axes.bar(places, counts, width=0.38, color=colour, hatch=hatch, edgecolor="white")
    axes.bar_label(bars, labels=[str(c) if c else "" for c in counts], color=INK, padding=1)


def _clear(axes: Any, highest: int) -> None:
    """Numbers stand on the columns, so no scale is needed."""
    axes.set_ylim(0, highest * 1.32)
    axes.yaxis.set_visible(False)
    axes.spines[["top", "left", "right"]].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.tick_params(axis="x", length=0, labelcolor=INK)


def _name_columns(axes: Any, collected: list[int], flagged: list[int]) -> None:
    """Names in the colours of the columns, above them all: no legend to look up."""
    for across, text, colour in (
        (0.0, f"■ Dikumpulkan: {sum(collected)}", COLLECTED),
        (0.3, f"▨ Ditandai untuk ditelaah: {sum(flagged)}", FLAGGED),
    ):
        axes.text(
            across, 1.0, text, color=colour, weight="bold", transform=axes.transAxes, va="top"
        )


def _say_empty(axes: Any) -> None:
    """A bare frame looks like a chart that failed."""
    text = "Tidak ada unggahan yang terkumpul pekan ini"
    axes.text(0.5, 0.4, text, color=INK, ha="center", transform=axes.transAxes)
