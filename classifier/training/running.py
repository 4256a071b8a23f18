"""The whole of `luruskan train`: adapters, last layers, figures, card."""

from __future__ import annotations

import json
from pathlib import Path

from classifier.artefact import FLAG_ADAPTER, MATCH_ADAPTER
from classifier.evaluation.building import build_evaluation
from classifier.evaluation.running import CARD, REPORT, report_text
from classifier.training.card import build_card
from classifier.training.fitting import (
    fit_model,
    model_facts,
    shipped_adapters,
    write_model,
)
from classifier.training.pair_head import fit_pairs
from indices.errors import BadInputError
from indices.progress import Progress, TerminalProgress

ADAPTER_NOTES = "adapters.json"
"""What each adapter was trained on, kept beside the adapters."""
ADAPTERS_TOLD = {
    "matching": "posts and titles of fact-checks to December 2024, and invented claims",
    "flagging": (
        "hoaxes to December 2024 against the training part of all ordinary sources, in several"
        " epochs"
    ),
}
LEFT_OUT_NOTE = (
    "; the adapter and the scam head below it did, so that these figures flatter:"
    " docs/performance/classifier.md has those of an adapter that did not"
)

SHIPPED_ADAPTERS, NEW_ADAPTERS, NO_ADAPTERS = "shipped", "new", "none"


def run_training(directory: Path, output: Path, *, seed: int, adapters_from: str) -> str:
    """Train, measure, write.

    Args:
        adapters_from: `shipped`, `new`, `none`, or another model's directory.

    Returns:
        The model's id.
    """
    progress = TerminalProgress()
    adapters = _find_adapters(adapters_from)
    output.mkdir(parents=True, exist_ok=True)
    if adapters_from == NEW_ADAPTERS:
        _train_adapters(directory, output, seed, progress)
        adapters = output
    fitted = fit_model(directory, adapters, seed=seed, progress=progress)
    notes = _read_notes(adapters)
    facts = model_facts(fitted, directory, seed) | notes
    model = write_model(fitted, output, adapters, facts)
    pairs = fit_pairs(directory, output, fitted.match_encoder, progress)
    report = build_evaluation(fitted, pairs, model, directory, progress).report
    (output / ADAPTER_NOTES).write_text(json.dumps(notes, indent=1) + "\n", encoding="utf-8")
    (output / REPORT).write_text(report_text(report), encoding="utf-8")
    (output / CARD).write_text(build_card(model, facts, report), encoding="utf-8")
    return model


def _find_adapters(adapters_from: str) -> Path | None:
    if adapters_from == SHIPPED_ADAPTERS:
        return shipped_adapters()
    if adapters_from in {NEW_ADAPTERS, NO_ADAPTERS}:
        return None
    directory = Path(adapters_from).expanduser()
    if not (directory / ADAPTER_NOTES).exists():
        raise BadInputError(
            f"--adapters {adapters_from}: not shipped, new or none, and no model's directory"
        )
    return directory


def _train_adapters(directory: Path, output: Path, seed: int, progress: Progress) -> None:
    from classifier.training.flag_adapter import build_course, train_flag_adapter
    from classifier.training.match_adapter import train_match_adapter

    train_match_adapter(directory, output / MATCH_ADAPTER, progress=progress, seed=seed)
    course = build_course(directory, frozenset(), seed)
    train_flag_adapter(course, output / FLAG_ADAPTER, progress=progress, seed=seed)
    notes = {"adapters": ADAPTERS_TOLD, "left_out_note": LEFT_OUT_NOTE}
    (output / ADAPTER_NOTES).write_text(json.dumps(notes, indent=1) + "\n", encoding="utf-8")


def _read_notes(adapters: Path | None) -> dict[str, object]:
    if adapters is None:
        return {"adapters": {}}
    path = adapters / ADAPTER_NOTES
    notes: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return notes
