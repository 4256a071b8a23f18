"""The simulation of an office's store, and its table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from classifier.artefact import load_artefact
from classifier.installing import in_use
from classifier.refitting import moved_thresholds
from classifier.simulating import Simulation, ThresholdRow, seen_post, simulate
from indices.audit_sample.measuring import sampled_ids
from indices.jobs import JobContext
from indices.queries import PostQuery

STEPS = tuple(round(0.05 * step, 2) for step in range(1, 20))


def simulate_office(context: JobContext, period: timedelta) -> tuple[Simulation, float]:
    """The simulation, and the threshold that holds now."""
    settings = in_use(context.settings)
    artefact = load_artefact(settings.model)
    held: Mapping[str, float] = artefact.facts["thresholds"]
    if settings.threshold is not None:
        held = moved_thresholds(settings.threshold, held)
    present = float(held["default"])
    zone = ZoneInfo(context.settings.office.timezone)
    since = context.now - period
    sampled = frozenset(sampled_ids(context.settings.home, since))
    records = context.store.iter_records(PostQuery(collected_from=since))
    found = (seen_post(record, zone, sampled, held) for record in records)
    posts = [post for post in found if post is not None]
    steps = sorted({*STEPS, round(present, 4)})
    return simulate(posts, steps, _tested(artefact.directory)), present


def print_simulation(simulation: Simulation, present: float) -> None:
    """One line a threshold, the present one marked, and what the figures rest on."""
    console = Console()
    table = Table(title=_title(simulation), title_justify="left")
    for heading in ("ambang", "antrean/hari", "hari tersibuk", "tepat", "terlewat"):
        table.add_column(heading, justify="right")
    for row in simulation.rows:
        mark = "→ " if abs(row.threshold - present) < 1e-4 else ""
        table.add_row(
            f"{mark}{row.threshold:.2f}",
            f"{row.queue_per_day:.1f}",
            str(row.busiest_day),
            _precision(row),
            _percent(row.missed),
        )
    console.print(table)
    for line in _notes(simulation):
        console.print(line, highlight=False)


def _title(simulation: Simulation) -> str:
    return f"{simulation.n_posts} unggahan yang dinilai, {simulation.n_days} hari"


def _notes(simulation: Simulation) -> list[str]:
    sample = simulation.sample
    lines = []
    if simulation.own_figures:
        lines.append(
            f"Tepat dan terlewat: dari {simulation.n_judged_flagged} tanda yang ditelaah dan"
            f" {sample.judged} sampel pemeriksaan; yang ditelaah mewakili yang belum."
        )
    else:
        lines.append(
            f"Telaah kantor ini belum cukup ({simulation.n_judged_flagged} tanda,"
            f" {sample.judged} sampel; perlu 20 dan 20): “terlewat” dari data uji model, bukan dari"
            " kantor ini, dan “tepat” belum diketahui."
        )
    if sample.judged:
        lines.append(
            f"Dari {sample.judged} sampel yang tidak ditandai, {sample.missed} perlu ditangani:"
            f" {sample.share:.1%} ({sample.low:.1%}–{sample.high:.1%})."
        )
    lines.append("Ubah dengan `luruskan thresholds --set ANGKA` (kunci: classifier.threshold).")
    return lines


def _precision(row: ThresholdRow) -> str:
    if row.precision is None:
        return "–"
    return f"{row.precision:.0%} ({row.precision_low:.0%}–{row.precision_high:.0%})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _tested(directory: Path) -> Sequence[Mapping[str, float]]:
    """What the model's own report says; nothing where it is an older model's."""
    try:
        report = json.loads((directory / "report.json").read_text(encoding="utf-8"))
        rows: Sequence[Mapping[str, float]] = report["by_threshold"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return rows
