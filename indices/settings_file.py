"""Changes one line of the settings file and leaves every other as it is, comments too."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from indices.errors import SettingsError
from indices.settings import FILE_NAME

_HEADER = re.compile(r"^\s*\[+\s*([A-Za-z0-9_.\"-]+)\s*\]+")


def write_setting(home: Path, section: str, key: str, value: float) -> None:
    """Set a number in `luruskan.toml`; the file is replaced whole or not at all.

    Raises:
        SettingsError: the file is written in a way that this cannot change safely.
    """
    path = home / FILE_NAME
    try:
        before = path.read_text(encoding="utf-8-sig")
        known = tomllib.loads(before)
    except FileNotFoundError:
        before, known = "", {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read; run `luruskan doctor`") from error
    after = _changed(before, section, f"{key} = {value:g}", key)
    if _parsed(after) != _wanted(known, section, key, value):
        raise SettingsError(f"{path}: write there yourself: [{section}] {key} = {value:g}")
    partial = path.with_name(f".{FILE_NAME}.{os.getpid()}")
    partial.write_text(after, encoding="utf-8")
    if path.exists():
        partial.chmod(path.stat().st_mode & 0o777)
    partial.replace(path)


def _changed(text: str, section: str, line: str, key: str) -> str:
    lines = text.splitlines()
    header = next((n for n, each in enumerate(lines) if _name(each) == section), None)
    if header is None:
        gap = [""] if lines and lines[-1].strip() else []
        return "\n".join([*lines, *gap, f"[{section}]", line]) + "\n"
    rest = range(header + 1, len(lines))
    end = next((n for n in rest if _HEADER.match(lines[n])), len(lines))
    place = next((n for n in range(header + 1, end) if re.match(rf"\s*{key}\s*=", lines[n])), None)
    if place is None:
        lines.insert(header + 1, line)
    else:
        lines[place] = line
    return "\n".join(lines) + "\n"


def _name(line: str) -> str:
    found = _HEADER.match(line)
    return found[1] if found else ""


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _wanted(known: dict[str, Any], section: str, key: str, value: float) -> dict[str, Any]:
    inside = known.get(section, {})
    return known | {section: {**inside, key: float(f"{value:g}")}}
