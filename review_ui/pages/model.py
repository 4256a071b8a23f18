"""Model: what the machine learnt at night, how far posts drift from it, what it misses."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from indices.audit_sample.measuring import measure_misses
from indices.drift_history import read_drift
from indices.model_history import ChangeKind, read_changes
from review_ui.access import needs
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_
from review_ui.work import current_settings, current_store

blueprint = Blueprint("model", __name__)

DRIFT_NAMES = {
    "probability": N_("peluang"),
    "match": N_("kemiripan cek fakta"),
    "language": N_("bahasa"),
    "length": N_("panjang teks"),
    "source_kind": N_("jenis sumber"),
    "meaning": N_("isi"),
}
_CHANGES = 50
_WEEKS = 8
KIND_NAMES = {
    ChangeKind.LEARNT: N_("Belajar dan dipakai"),
    ChangeKind.REFUSED: N_("Belajar tetapi tidak dipakai"),
    ChangeKind.CHOSEN: N_("Dipilih orang"),
}


@blueprint.get("/model")
@needs(Permission.READ)
def show() -> str:
    """Changes, misses and drift; nothing here changes the model."""
    home = current_settings().home
    return render_template(
        "model.html",
        changes=read_changes(home)[:_CHANGES],
        kind_names=KIND_NAMES,
        misses=measure_misses(home, current_store(), g.now),
        weeks=read_drift(home)[:_WEEKS],
        drift_names=DRIFT_NAMES,
    )
