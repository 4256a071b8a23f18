"""The gate: floors that a report must keep, on the data that they were measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indices.errors import BadInputError

FILE = "floors.json"
LEAST, MOST = "least", "most"


def shipped_floors() -> Path:
    """The gate file that comes with the package."""
    return Path(__file__).parent / FILE


def read_floors(path: Path) -> dict[str, Any]:
    """The gate file.

    Raises:
        BadInputError: it cannot be read, or is none.
    """
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except ValueError as error:
        raise BadInputError(f"{path}: is not JSON; see {FILE} in classifier/evaluation") from error
    if not isinstance(floors, dict) or not {"data", "report"} <= set(floors):
        raise BadInputError(f"{path}: holds no floors; it needs data and report")
    return floors


def shortfalls(report: Mapping[str, Any], floors: Mapping[str, Any]) -> list[str]:
    """What the report does not reach, one line each; empty where it passes.

    Raises:
        BadInputError: the report was measured on other data, or lacks a figure.
    """
    if report["data"] != floors["data"]:
        raise BadInputError(
            f"the floors are for data {floors['data']}, this is {report['data']}: use that data,"
            " or measure again and write new floors"
        )
    lines = []
    for path, bounds in floors["report"].items():
        value = _figure(report, path)
        if LEAST in bounds and value < bounds[LEAST]:
            lines.append(f"{path}: {value:.3f}, at least {bounds[LEAST]} wanted")
        if MOST in bounds and value > bounds[MOST]:
            lines.append(f"{path}: {value:.3f}, at most {bounds[MOST]} wanted")
    return lines


def _figure(report: Mapping[str, Any], path: str) -> float:
    value: Any = report
    for name in path.split("/"):
        if not isinstance(value, Mapping) or name not in value:
            raise BadInputError(f"the report has no figure {path!r}; correct the floors")
        value = value[name]
    return float(value[0] if isinstance(value, list | tuple) else value)
