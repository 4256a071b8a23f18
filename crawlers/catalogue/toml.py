"""Sources to TOML and back, each entry checked as `luruskan sources add` checks it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import tomli_w

from crawlers.adding import check_source
from indices.codec import document_from_dict, document_to_dict
from indices.documents import Source
from indices.errors import BadInputError

SHIPPED = (
    "press_national",
    "press_kalimantan_timur",
    "government_national",
    "government_kalimantan_timur",
    "fact_checkers",
)
_MOST_ENTRIES = 10_000
_LARGEST_BYTES = 10_000_000
_IF_NOT_DEFAULT = {"language": "id", "enabled": True}


def read_shipped() -> list[Source]:
    """The catalogue that comes with Luruskan; nobody has verified its addresses."""
    folder = files("crawlers.catalogue")
    return [
        source
        for name in SHIPPED
        for source in read_entries(folder.joinpath(f"{name}.toml").read_bytes(), name)
    ]


def read_entries(content: bytes, where: str) -> list[Source]:
    """The sources of a TOML text, in its order.

    Raises:
        BadInputError: naming the entry and what is wrong with it; nothing is taken then.
    """
    if len(content) > _LARGEST_BYTES:
        raise BadInputError(f"{where}: is larger than {_LARGEST_BYTES // 10**6} MB; split it")
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInputError(f"{where}: is not valid TOML: {error}; correct it there") from error
    entries = document.get("source")
    if not isinstance(entries, list) or len(document) != 1 or len(entries) > _MOST_ENTRIES:
        raise BadInputError(f"{where}: must hold [[source]] entries and nothing else")
    sources = [_read(entry, f"{where}, entry {n}") for n, entry in enumerate(entries, 1)]
    _refuse_repeats(sources, where)
    return sources


def write_entries(sources: Iterable[Source]) -> str:
    """TOML that `read_entries` reads back; what is not said is left out."""
    return tomli_w.dumps({"source": [_written(source) for source in sources]})


def _read(entry: object, where: str) -> Source:
    if not isinstance(entry, dict):
        raise BadInputError(f"{where}: must be a table")
    options = entry.get("options", {})
    if isinstance(options, dict):  # 7 and true are as good as "7" and "yes"
        entry = entry | {"options": {name: _word(value) for name, value in options.items()}}
    if unknown := entry.keys() - Source.__dataclass_fields__.keys():
        raise BadInputError(f"{where}: has no key {min(unknown)!r}")
    try:
        source = document_from_dict(Source, entry)
        check_source(source)
    except BadInputError as error:
        raise BadInputError(f"{where}: {error}") from error
    return source


def _word(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else value


def _refuse_repeats(sources: Iterable[Source], where: str) -> None:
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise BadInputError(f"{where}: the id {source.id!r} stands there twice")
        seen.add(source.id)


def _written(source: Source) -> Mapping[str, Any]:
    values = document_to_dict(source) | {"verified_on": source.verified_on}
    return {
        name: value
        for name, value in values.items()
        if value not in ("", None, {}) and value != _IF_NOT_DEFAULT.get(name, "")
    }
