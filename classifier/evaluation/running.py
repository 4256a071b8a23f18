"""Measures the model in use, and writes what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from classifier.artefact import load_artefact
from classifier.evaluation.building import Evaluation, build_evaluation
from classifier.evaluation.page import build_page
from classifier.evaluation.restoring import restore_model
from classifier.grouping.pairs import load_pair_scorer
from classifier.installing import in_use
from classifier.training.card import build_card
from indices.progress import TerminalProgress
from indices.settings import Settings

PAGE, REPORT, CARD = "report.html", "report.json", "MODEL_CARD.md"


def measure(settings: Settings, directory: Path, *, whole: bool) -> Evaluation:
    """The report on the model in use.

    Args:
        directory: of the research data.
        whole: with each source left out in turn.
    """
    progress = TerminalProgress()
    chosen = in_use(settings)
    fitted = restore_model(chosen, directory, progress, whole=whole)
    artefact = load_artefact(chosen.model)
    pairs = load_pair_scorer(artefact)
    return build_evaluation(fitted, pairs, artefact.id, directory, progress)


def write_files(evaluation: Evaluation, output: Path) -> None:
    """The page and the report's values."""
    output.mkdir(parents=True, exist_ok=True)
    (output / PAGE).write_text(build_page(evaluation), encoding="utf-8")
    (output / REPORT).write_text(report_text(evaluation.report), encoding="utf-8")


def write_card(settings: Settings, evaluation: Evaluation, output: Path) -> None:
    """The model card, and the report that it is made from."""
    artefact = load_artefact(in_use(settings).model)
    output.mkdir(parents=True, exist_ok=True)
    (output / REPORT).write_text(report_text(evaluation.report), encoding="utf-8")
    card = build_card(artefact.id, artefact.facts, evaluation.report)
    (output / CARD).write_text(card, encoding="utf-8")


def report_text(report: Mapping[str, Any]) -> str:
    """The report's values as a file that a person can look through."""
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"
