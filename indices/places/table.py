"""The gazetteer's file: `places.csv` in the data directory, or a list that an office wrote."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from indices.errors import BadInputError
from indices.places.gazetteer import KINDS, LEVELS, Gazetteer, Place
from indices.whole_files import whole_file

FILE_NAME = "places.csv"
COLUMNS = ("code", "name", "kind", "parent", "aliases", "elsewhere")
_NEEDED = ("code", "name", "kind")
_MOST_BYTES = 30_000_000
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}")


def load_gazetteer(home: Path) -> Gazetteer:
    """That of the data directory; without its file one that knows no place.

    Raises:
        BadInputError: the file cannot be read; naming its line.
    """
    path = home / FILE_NAME
    return Gazetteer(read_places(path)) if path.exists() else Gazetteer()


def read_places(path: Path) -> list[Place]:
    """The places of a table with the columns `code`, `name`, `kind`, and perhaps the others.

    Raises:
        BadInputError: naming the line and what is wrong with it; nothing is taken then.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInputError(f"{path}: is larger than {_MOST_BYTES // 10**6} MB; split it")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: is not UTF-8 text; save it as CSV UTF-8") from error
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    names = [name.strip().lower() for name in rows.fieldnames or []]
    if missing := [name for name in _NEEDED if name not in names]:
        raise BadInputError(f"{path}: has no column {missing[0]!r}; write {','.join(COLUMNS[:5])}")
    rows.fieldnames = names
    return _read_rows(path, rows)


def write_places(path: Path, places: Iterable[Place]) -> None:
    """Larger places first, replaced as a whole."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for place in sorted(places, key=lambda place: (LEVELS.index(place.level), place.code)):
        aliases = ";".join(place.aliases)
        elsewhere = place.elsewhere or ""
        table.writerow((place.code, place.name, place.kind, place.parent, aliases, elsewhere))
    with whole_file(path) as out:
        out.write(stream.getvalue().encode())


def _read_rows(path: Path, rows: csv.DictReader[str]) -> list[Place]:
    places: dict[str, Place] = {}
    try:
        for row in rows:
            place = _read_row(row)
            if place.code in places:
                raise BadInputError(f"the code {place.code!r} stands there twice")
            places[place.code] = place
    except (BadInputError, csv.Error) as error:
        raise BadInputError(f"{path}, line {rows.line_num}: {error}; correct it there") from error
    return list(places.values())


def _read_row(row: Mapping[str, str | None]) -> Place:
    cells = {name: " ".join((row.get(name) or "").split())[:200] for name in COLUMNS}
    kind = cells["kind"].lower()
    if not _CODE.fullmatch(cells["code"]):
        raise BadInputError(f"code {cells['code']!r} must be letters, digits and dots")
    if not cells["name"]:
        raise BadInputError("the name is empty")
    if kind not in KINDS:
        raise BadInputError(f"kind {cells['kind']!r} must be one of {', '.join(KINDS)}")
    aliases = (alias.strip() for alias in re.split(r"[;|]", cells["aliases"]))
    return Place(
        code=cells["code"],
        name=cells["name"],
        kind=kind,
        parent=cells["parent"] or cells["code"].rpartition(".")[0],
        aliases=tuple(filter(None, aliases)),
        elsewhere=int(cells["elsewhere"]) if cells["elsewhere"].isdecimal() else 0,
    )


def _delimiter(text: str) -> str:
    """Indonesian spreadsheets part columns with semicolons."""
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","
