"""The gate names what fell short, and refuses to compare what was measured on other data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifier.artefact import load_artefact, shipped_dir
from classifier.evaluation.floors import read_floors, shipped_floors, shortfalls
from indices.errors import BadInputError

REPORT = {
    "data": "abc",
    "models": {"luruskan": {"hoaxes": {"AUC": (0.9, 0.88, 0.92)}}},
    "flagging": {"seen": {"ordinary flagged": 0.06}},
}


def floors(**bounds: dict[str, float]) -> dict[str, object]:
    return {"data": "abc", "report": bounds}


def test_a_figure_below_its_floor_and_one_above_its_ceiling_are_named() -> None:
    wanted = {
        "models/luruskan/hoaxes/AUC": {"least": 0.91},
        "flagging/seen/ordinary flagged": {"most": 0.05},
    }
    assert shortfalls(REPORT, floors(**wanted)) == [
        "models/luruskan/hoaxes/AUC: 0.900, at least 0.91 wanted",
        "flagging/seen/ordinary flagged: 0.060, at most 0.05 wanted",
    ]


def test_a_report_that_keeps_its_floors_passes() -> None:
    assert shortfalls(REPORT, floors(**{"models/luruskan/hoaxes/AUC": {"least": 0.9}})) == []


def test_other_data_and_unknown_figures_are_refused() -> None:
    with pytest.raises(BadInputError, match="floors are for data xyz"):
        shortfalls(REPORT, {"data": "xyz", "report": {}})
    with pytest.raises(BadInputError, match="no figure 'models/none'"):
        shortfalls(REPORT, floors(**{"models/none": {"least": 0}}))


def test_a_broken_gate_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    for content in ("[1]", "{", "{}"):
        path.write_text(content)
        with pytest.raises(BadInputError, match="floors"):
            read_floors(path)
    with pytest.raises(BadInputError, match="cannot be read"):
        read_floors(tmp_path / "none.json")


def test_the_shipped_report_keeps_the_shipped_floors() -> None:
    """A report that `luruskan train` wrote before this gate holds fewer figures."""
    facts = load_artefact("shipped").facts
    report = json.loads((shipped_dir() / "report.json").read_text(encoding="utf-8"))
    floors = read_floors(shipped_floors())
    told = {p: b for p, b in floors["report"].items() if p.partition("/")[0] in report}
    assert len(told) >= 10
    assert shortfalls({"data": facts["data"]} | report, floors | {"report": told}) == []
