"""The report's plots as SVG on white: colours of Okabe and Ito, told apart by dashes too."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from classifier.evaluation.wording import MODEL_NAMES

_STYLES = (
    ("#0072B2", "-"),
    ("#D55E00", "--"),
    ("#009E73", "-."),
    ("#CC79A7", ":"),
    ("#555555", (0, (5, 1, 1, 1, 1, 1))),
)
_SETTINGS = {
    "svg.hashsalt": "luruskan",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
}


def draw_precision_recall(curves: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """Precision by recall, one line a model."""

    def draw(axes: Any) -> None:
        for (name, points), (colour, dashes) in zip(curves.items(), _STYLES, strict=False):
            recalls, precisions = zip(*points, strict=True)
            axes.plot(recalls, precisions, color=colour, linestyle=dashes, label=MODEL_NAMES[name])
        axes.set_xlabel("bagian hoaks yang ditemukan")
        axes.set_ylabel("bagian tanda yang tepat")
        axes.legend(frameon=False, loc="lower left", fontsize=8)

    return _drawn(draw)


def draw_reliability(reliability: Mapping[str, Any]) -> str:
    """What was said against what was so; on the thin line both are equal."""
    points = reliability["points"]
    said, so = [p["said"] for p in points], [p["so"] for p in points]
    spread = [[p["so"] - p["low"] for p in points], [p["high"] - p["so"] for p in points]]

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color="#777777", linewidth=0.8)
        bounded = [[max(0.0, value) for value in side] for side in spread]
        axes.errorbar(said, so, yerr=bounded, color="#0072B2", marker="o", capsize=3)
        axes.set_xlabel("peluang menurut model")
        axes.set_ylabel("bagian yang memang perlu ditelaah")

    return _drawn(draw)


def _drawn(draw: Callable[[Any], None]) -> str:
    """The same figures give the same bytes."""
    with mpl.rc_context(_SETTINGS):  # type: ignore[arg-type]
        figure = Figure(figsize=(6.0, 4.2), layout="constrained")
        axes = figure.subplots()
        draw(axes)
        axes.set_xlim(0, 1.01)
        axes.set_ylim(0, 1.02)
        axes.spines[["top", "right"]].set_visible(False)
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(r"<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*", "", written.getvalue(), flags=re.DOTALL)
