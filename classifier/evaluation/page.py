"""The report as one HTML file that needs nothing else: tables, plots in it, the worst errors."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from classifier.evaluation.building import Evaluation
from classifier.evaluation.plots import draw_precision_recall, draw_reliability
from classifier.evaluation.wording import (
    GOLD_NAMES,
    GROUP_NAMES,
    MISUSES,
    MODEL_NAMES,
    told_interval,
    word_of,
)

TEMPLATE = "report.html"


def build_page(evaluation: Evaluation) -> str:
    """The page; what people once posted goes in as text, never as markup."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"told": told_interval, "word": word_of}
    source = files("classifier.evaluation").joinpath(TEMPLATE).read_text(encoding="utf-8")
    report = evaluation.report
    curves = report["curves"]
    return environment.from_string(source).render(
        report=report,
        worst=evaluation.worst,
        group_names=GROUP_NAMES,
        gold_names=GOLD_NAMES,
        model_names=MODEL_NAMES,
        misuses=MISUSES,
        precision_recall=_as_url(draw_precision_recall(curves["precision_recall"])),
        precision_told=_precision_told(curves["precision_recall"]),
        reliability=_as_url(draw_reliability(curves["reliability"])),
    )


def _as_url(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _precision_told(curves: Mapping[str, Any]) -> list[tuple[str, list[float]]]:
    """Precision at four recalls, in words for those who do not see the plot."""
    wanted = (0.2, 0.5, 0.8, 0.9)
    told = []
    for name, points in curves.items():
        told.append((name, [_nearest(points, recall) for recall in wanted]))
    return told


def _nearest(points: Sequence[Sequence[float]], recall: float) -> float:
    return min(points, key=lambda point: abs(point[0] - recall))[1]
