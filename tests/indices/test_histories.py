"""Files that only grow survive a kill between two lines."""

from __future__ import annotations

from pathlib import Path

from indices.drift_history import FILE, append_week, read_drift
from indices.model_history import models_dir
from tests.factories import a_week


def test_lines_come_back_newest_first(tmp_path: Path) -> None:
    append_week(tmp_path, a_week("2026-W46"))
    append_week(tmp_path, a_week("2026-W47"))
    assert [week.week for week in read_drift(tmp_path)] == ["2026-W47", "2026-W46"]


def test_an_unfinished_line_costs_only_itself(tmp_path: Path) -> None:
    append_week(tmp_path, a_week("2026-W46"))
    with (models_dir(tmp_path) / FILE).open("ab") as file:
        file.write(b'{"week": "2026-')
    append_week(tmp_path, a_week("2026-W48"))
    assert [week.week for week in read_drift(tmp_path)] == ["2026-W48", "2026-W46"]
