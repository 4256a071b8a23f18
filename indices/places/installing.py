"""The installation's own list of places: made from the official one, added to by the office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from indices.errors import BadInputError
from indices.places.gazetteer import Gazetteer, Place
from indices.places.table import FILE_NAME, load_gazetteer, read_places, write_places


def install_official(home: Path, own_codes: Sequence[str]) -> Gazetteer:
    """The official list for these regencies; names and places that the office added stay.

    Raises:
        BadInputError: one of the codes is no regency.
    """
    from indices.places.official import is_official, list_official

    before = load_gazetteer(home)
    places = {place.code: place for place in list_official(own_codes)}
    for place in before:
        if place.code in places:
            aliases = dict.fromkeys((*places[place.code].aliases, *place.aliases))
            places[place.code] = replace(places[place.code], aliases=tuple(aliases))
        elif not is_official(place.code) and place.parent in places:
            places[place.code] = place
    return _install(home, places.values())


def install_file(home: Path, path: Path) -> Gazetteer:
    """The rows of a file added to the list; a known code's row takes the other's place.

    Raises:
        BadInputError: a row cannot be read, or names a parent that nobody knows.
    """
    places = {place.code: place for place in load_gazetteer(home)}
    for place in read_places(path):
        known = places.get(place.code)
        places[place.code] = replace(place, elsewhere=place.elsewhere or _shared(known, place))
    for place in places.values():
        if place.parent and place.parent not in places:
            raise BadInputError(
                f"{path}: {place.code} {place.name} lies in {place.parent!r}, which no row names;"
                " add that row, or write another parent"
            )
    return _install(home, places.values())


def _shared(known: Place | None, place: Place) -> int:
    return known.elsewhere if known and known.name == place.name else 0


def _install(home: Path, places: Iterable[Place]) -> Gazetteer:
    gazetteer = Gazetteer(places)
    write_places(home / FILE_NAME, gazetteer)
    return gazetteer
