"""Provinces and regencies: known from the whole country, so that the name itself says much."""

from __future__ import annotations

from collections.abc import Sequence

from indices.documents import PlaceLevel
from indices.places.gazetteer import Gazetteer, Place
from indices.places.mentions import Mention, Reading
from indices.places.surroundings import Cue, Surroundings

_LARGE = {PlaceLevel.PROVINCE, PlaceLevel.REGENCY}
_SHORT = 3
"""A short form of so many letters counts only in capitals: NTB, DIY."""


class LargePlaces:
    """Judges those names of one text that a province or regency has."""

    def __init__(self, gazetteer: Gazetteer, reading: Reading, around: Surroundings) -> None:
        self._gazetteer = gazetteer
        self._reading = reading
        self._around = around

    def judge(self) -> None:
        """Put down what each names, where that is certain, and why."""
        for mention in self._reading.mentions:
            large = [place for place in mention.places if place.level in _LARGE]
            if large:
                self._judge(mention, large)

    def _judge(self, mention: Mention, large: Sequence[Place]) -> None:
        around, cue = self._around, self._around.find_cue(mention)
        if cue and any(place.kind in cue.kinds for place in mention.places):
            chosen = [place for place in large if place.kind in cue.kinds]
            why = self._why_called(mention, cue) if chosen else ""
            return self._settle(mention, chosen, why)
        if cue and not cue.loose and not cue.kinds & {"kabupaten", "kota", "provinsi"}:
            return None
        never = around.is_called_otherwise(mention) or around.is_natural(mention)
        if never or around.goes_on(mention):
            return None
        return self._settle(mention, large, self._why(mention))

    def _why_called(self, mention: Mention, cue: Cue) -> str:
        reading = self._reading
        if reading.is_ordinary(mention):
            another = self._around.is_before_a_mention(mention)  # `Polres Metro Jakarta`
            if another or not (reading.is_capitalised(mention) or self._is_plain(mention, cue)):
                return ""
        return "" if self._around.goes_on(mention) else f"disebut {self._quoted(cue.at, mention)}"

    def _why(self, mention: Mention) -> str:
        around = self._around
        if around.is_dateline(mention):
            return f"kepala berita {self._quoted(mention.first, mention)}"
        locative = around.locative(mention)
        name = self._quoted(locative if locative >= 0 else mention.first, mention)
        if self._reading.is_ordinary(mention):
            clear = self._reading.is_capitalised(mention) and not around.is_before_a_name(mention)
            if (
                locative >= 0
                and self._is_ours(mention)
                and self._reading.is_clear_in_small(mention)
            ):
                return f"tertulis {name}"
            if clear and locative < 0 and self._is_ours(mention):
                return f"nama {name}"
            return f"tertulis {name}" if locative >= 0 and clear else ""
        if self._is_too_short(mention):
            return ""
        return f"tertulis {name}" if locative >= 0 else f"nama {name}"

    def _is_ours(self, mention: Mention) -> bool:
        several = self._reading.has_several(mention)
        return several and any(place.code in self._gazetteer.own for place in mention.places)

    def _is_plain(self, mention: Mention, cue: Cue) -> bool:
        """`kab. lembah sarang`: small letters do not matter there."""
        return self._around.is_plain(cue) and self._reading.is_clear_in_small(mention)

    def _is_too_short(self, mention: Mention) -> bool:
        name = self._reading.words.said(mention.first, mention.end)
        return len(name) <= _SHORT and not name.isupper()

    def _settle(self, mention: Mention, places: Sequence[Place], why: str) -> None:
        """One of several of the same name cannot be told: what holds all of them is certain."""
        if not why or not places:
            return
        mention.code = self._gazetteer.common_of([place.code for place in places])
        unclear = len(places) > 1 and mention.code
        kinds = " atau ".join(sorted({place.kind for place in places}))
        mention.why = f"{why} ({kinds}; mana yang dimaksud tidak jelas)" if unclear else why

    def _quoted(self, first: int, mention: Mention) -> str:
        return self._around.quoted(first, mention)
