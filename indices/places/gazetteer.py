"""The names that are looked for: places in their hierarchy, and a trie of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indices.documents import PlaceLevel
from indices.places.ordinary_words import MEASURES, ORDINARY, WISHES

KINDS: Mapping[str, PlaceLevel] = {
    "provinsi": PlaceLevel.PROVINCE,
    "kabupaten": PlaceLevel.REGENCY,
    "kota": PlaceLevel.REGENCY,
    "kecamatan": PlaceLevel.DISTRICT,
    "distrik": PlaceLevel.DISTRICT,
    "kelurahan": PlaceLevel.VILLAGE,
    "desa": PlaceLevel.VILLAGE,
    "desa adat": PlaceLevel.VILLAGE,
    "nagari": PlaceLevel.VILLAGE,
    "gampong": PlaceLevel.VILLAGE,
    "kampung": PlaceLevel.VILLAGE,
}
LEVELS = tuple(PlaceLevel)
"""Largest first."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")

Trie = dict[str, Any]
"""Word to the trie of what may follow; under `""` the codes of what is named so far."""


def keys_of(text: str) -> list[str]:
    """Its words as names are compared: lower-case, without apostrophes, parted at hyphens."""
    return [word.lower().translate(_APOSTROPHES) for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the administration."""

    code: str
    """Kemendagri's, `64.02.06.1001`, or the office's own."""
    name: str
    """Without its kind."""
    kind: str
    """A key of `KINDS`."""
    parent: str = ""
    """Code of what it lies in; empty for a province."""
    aliases: tuple[str, ...] = ()
    elsewhere: int = 0
    """How many places of the country outside the office's region share the name."""

    @property
    def level(self) -> PlaceLevel:
        """Province, regency, district or village."""
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """As a person says it: `Desa Loa Pinang`."""
        return f"{self.kind.title()} {self.name}"


class Gazetteer:
    """Places by code and by name.

    The office's own regencies are those whose districts are listed: all of the country is known
    coarsely, the own region down to its villages.
    """

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._by_code = {place.code: place for place in places}
        self._regions: dict[str, bool] = {}
        self._lines: dict[str, tuple[str, ...]] = {}
        self.own = frozenset(
            place.parent for place in self._by_code.values() if place.level is PlaceLevel.DISTRICT
        )
        """Codes of the office's own regencies."""
        self.trie: Trie = {}
        self.tags: dict[str, list[str]] = {}
        """By a name's words joined, as hashtags write them: codes."""
        for place in self._by_code.values():
            for name in {place.name, *place.aliases}:
                self._add(place.code, keys_of(name))

    def _add(self, code: str, keys: Sequence[str]) -> None:
        if not keys:
            return
        node = self.trie
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault("", []).append(code)
        self.tags.setdefault("".join(keys), []).append(code)

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._by_code.values())

    def find(self, code: str) -> Place | None:
        """The place of that code."""
        return self._by_code.get(code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Place:
        return self._by_code[code]

    def line_of(self, code: str) -> tuple[str, ...]:
        """Codes from the largest that holds it down to itself."""
        if code not in self._lines:
            line: list[str] = []
            above = code
            while above in self._by_code and above not in line:
                line.append(above)
                above = self._by_code[above].parent
            self._lines[code] = tuple(reversed(line))
        return self._lines[code]

    def is_own(self, code: str) -> bool:
        """It is one of the office's own regencies, or lies in one."""
        return not self.own.isdisjoint(self.line_of(code))

    @cached_property
    def around_own(self) -> frozenset[str]:
        """What the office's own regencies lie in: their provinces."""
        return frozenset(code for own in self.own for code in self.line_of(own)[:-1])

    def common_of(self, codes: Sequence[str]) -> str:
        """The smallest place that holds all of them, itself one of them perhaps; or empty."""
        if len(codes) == 1:
            return codes[0]
        lines = [self.line_of(code) for code in codes]
        common = ""
        for step in zip(*lines, strict=False):
            if len(set(step)) > 1:
                break
            common = step[0]
        return common

    def named(self, name: str) -> tuple[str, ...]:
        """Codes of what a person or a source's region calls so, with or without its kind."""
        keys = keys_of(name)
        found = self.tags.get("".join(keys), [])
        if not found and len(keys) > 1:
            kind = {"kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan"}.get(keys[0])
            found = self.tags.get("".join(keys[1:]), [])
            found = [c for c in found if self._by_code[c].kind == (kind or keys[0])]
        return tuple(found)

    def is_of_own_region(self, region: str) -> bool:
        """Whether a source's region, in whatever words, is the office's or lies in it."""
        if region not in self._regions:
            codes = (region,) if region in self._by_code else self.named(region)
            self._regions[region] = any(map(self.is_own, codes))
        return self._regions[region]


def is_ordinary(keys: Iterable[str]) -> bool:
    """Made of words that mean something else too, or of persons' names."""
    return all(key in ORDINARY or key.isdecimal() for key in keys)


def is_phrase(keys: Sequence[str]) -> bool:
    """Written small, those words are said of many things: `harapan baru`, not `hulu sarang`."""
    return not WISHES.isdisjoint(keys) or keys[-1] in MEASURES
