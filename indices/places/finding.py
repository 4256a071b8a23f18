"""The places that a text names, each with the evidence in words; a name alone is not enough.

First the large ones, whose names are known from the whole country; they say whether the text is
about the office's own region, and only then its districts and villages are told from the many
places of the same name. docs/collecting.md says what counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from indices.documents import PlaceTag
from indices.places.gazetteer import Gazetteer
from indices.places.large_places import LargePlaces
from indices.places.mentions import Mention, read_names
from indices.places.small_places import SmallPlaces
from indices.places.surroundings import Surroundings

MOST_TAGS = 20


def find_places(
    gazetteer: Gazetteer, title: str, text: str = "", *, is_local: bool = False
) -> tuple[PlaceTag, ...]:
    """Places named in title and text, the own region's first, then as they are named.

    Args:
        is_local: the source reports from the office's own region.
    """
    whole = f"{title}\n{text}" if title and title != text else text or title
    reading = read_names(gazetteer, whole)
    if not reading.mentions:
        return ()
    around = Surroundings(reading)
    LargePlaces(gazetteer, reading, around).judge()
    SmallPlaces(gazetteer, reading, around, is_local=is_local).judge()
    return _tags(gazetteer, reading.mentions)


def _tags(gazetteer: Gazetteer, mentions: Sequence[Mention]) -> tuple[PlaceTag, ...]:
    found = {mention.code: mention.why for mention in reversed(mentions) if mention.code}
    tags = [
        PlaceTag(
            code=code,
            name=gazetteer[code].title,
            level=gazetteer[code].level,
            parents=gazetteer.line_of(code)[:-1],
            why=why,
        )
        for code, why in reversed(found.items())
    ]
    tags.sort(key=lambda tag: not gazetteer.is_own(tag.code))
    return tuple(tags[:MOST_TAGS])
