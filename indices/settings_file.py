"""Changes lines of the settings file and leaves every other as it is, comments too."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indices.errors import SettingsError
from indices.settings import FILE_NAME
from indices.whole_files import PRIVATE, whole_file

_HEADER = re.compile(r"^\s*\[+\s*([A-Za-z0-9_.\"-]+)\s*\]+")


Key = tuple[str, str]
"""Table and name."""


def write_settings(home: Path, values: Mapping[Key, float | str]) -> None:
    """Set numbers or texts in `luruskan.toml`; the file is replaced whole or not at all.

    Raises:
        SettingsError: the file cannot be written, or not changed safely in the form it has.
    """
    path = (home / FILE_NAME).resolve()  # a link to a file elsewhere stays a link
    before = _read(path)
    after, wanted = before, tomllib.loads(before)
    for (section, key), value in values.items():
        after = _changed(after, section, f"{key} = {_written(value)}", key)
        wanted |= {section: {**wanted.get(section, {}), key: _read_back(value)}}
    if _parsed(after) != wanted:
        names = ", ".join(f"[{section}] {key}" for section, key in values)
        raise SettingsError(f"{path}: is written in another form; set {names} there yourself")
    _replace(path, after)


def quoted(value: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the one character that JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
        tomllib.loads(text)
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read; run `luruskan doctor`") from error
    return text


def _written(value: float | str) -> str:
    return quoted(value) if isinstance(value, str) else f"{value:g}"


def _read_back(value: float | str) -> float | str:
    return value if isinstance(value, str) else float(f"{value:g}")


def _replace(path: Path, text: str) -> None:
    """All of it or nothing, and for its owner alone: it holds keys."""
    try:
        with whole_file(path, PRIVATE) as out:
            out.write(text.encode())
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror})") from error


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
