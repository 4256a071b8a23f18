"""Districts and villages of the own region: many others in the country have the same names."""

from __future__ import annotations

from collections.abc import Sequence

from indices.documents import PlaceLevel
from indices.places.gazetteer import Gazetteer, Place
from indices.places.mentions import Mention, Reading
from indices.places.surroundings import Cue, Surroundings

Above = tuple[Mention, Place]
"""A name that follows in an address, and the place it is that holds the one before."""
_SMALL = {PlaceLevel.DISTRICT, PlaceLevel.VILLAGE}


class SmallPlaces:
    """Judges those names of one text that a district or village has, after the large ones.

    Args:
        is_local: the source reports from the office's own region.
    """

    def __init__(
        self, gazetteer: Gazetteer, reading: Reading, around: Surroundings, *, is_local: bool
    ) -> None:
        self._gazetteer = gazetteer
        self._reading = reading
        self._around = around
        self._is_local = is_local
        self._own_named = ""
        """Code of an own place that is named for certain."""
        self._is_away = False
        """Places of other regions are named for certain."""

    def judge(self) -> None:
        """Until nothing more is told: what is certain tells of what is less so."""
        open_ = [m for m in self._reading.mentions if not m.code and _small(m)]
        for mention in self._reading.mentions:
            if mention.code:
                self._count(mention.code)
        before = len(open_) + 1
        while len(open_) < before:
            before = len(open_)
            for mention in open_:
                if not mention.code:
                    self._judge(mention)
            open_ = [mention for mention in open_ if not mention.code]

    def _judge(self, mention: Mention) -> None:
        options = _small(mention)
        cue = self._around.find_cue(mention)
        called = [place for place in options if cue and place.kind in cue.kinds]
        if self._is_something_else(mention, cue, called):
            return
        above = self._address_after(mention, called or options)
        if cue and called:
            why = self._why_called(mention, cue, called, above)
        else:
            why = self._why(mention, options, above) or self._why_beside(mention)
        if why:
            self._settle(mention, called or options, why, above)

    def _is_something_else(
        self, mention: Mention, cue: Cue | None, called: Sequence[Place]
    ) -> bool:
        around = self._around
        if cue and not called and not cue.loose:
            return True
        if around.is_called_otherwise(mention) or around.goes_on(mention):
            return True
        return self._leads_elsewhere(mention)

    def _why_called(
        self, mention: Mention, cue: Cue, called: Sequence[Place], above: Above | None
    ) -> str:
        """`Desa X`; enough where the text is ours, or no other place has the name."""
        ordinary = self._reading.is_ordinary(mention)
        if ordinary and not self._is_clear(mention, cue, called, above):
            return ""
        said = f"disebut {self._around.quoted(cue.at, mention)}"
        if above:
            return f"{said} bersama {above[1].title}"
        if ours := self._why_ours(called):
            return f"{said}{ours}"
        alone = _is_unique(called) and not self._is_away
        return f"{said}, nama yang tidak ada di daerah lain" if alone else ""

    def _is_clear(
        self, mention: Mention, cue: Cue, called: Sequence[Place], above: Above | None
    ) -> bool:
        """`di Desa Maju` is a village, `desa maju` and `Menuju Desa Maju` are not."""
        around, reading = self._around, self._reading
        direct = around.is_direct(cue, mention)
        if direct and around.is_plain_alone(cue, called):
            return True
        written = reading.is_capitalised(mention)
        spoken = bool(above) or around.is_after_an_office(cue) or around.is_plain(cue)
        if reading.has_several(mention):
            return written or (spoken and direct)
        if not direct:
            return written and self._is_in_a_row(mention, spoken=spoken)
        return spoken and (written or reading.shouts)

    def _is_in_a_row(self, mention: Mention, *, spoken: bool) -> bool:
        """`Desa X, Y dan Z`; but `Warga Desa X, Y, mengaku` names a person."""
        row = self._around.lists.row_of(mention)
        return len(row) > 1 and (spoken or bool(self._certain_beside(mention)))

    def _certain_beside(self, mention: Mention) -> str:
        """Code of an own place that is certain and stands in the same row."""
        codes = (other.code for other in self._around.lists.row_of(mention) if other.code)
        return next((code for code in codes if self._gazetteer.is_own(code)), "")

    def _why(self, mention: Mention, options: Sequence[Place], above: Above | None) -> str:
        """Without a word for its kind more is needed, and most of an ordinary name."""
        around, reading = self._around, self._reading
        name = around.quoted(mention.first, mention)
        if above and reading.is_capitalised(mention):
            return f"nama {name} bersama {above[1].title}"
        ours = self._why_ours(options)
        ordinary, several = reading.is_ordinary(mention), reading.has_several(mention)
        if not ours or (ordinary and not several):
            return ""
        if around.is_dateline(mention):
            return f"kepala berita {name}{ours}"
        if around.is_part_of_a_name(mention):
            return ""
        locative = around.locative(mention)
        written = reading.is_capitalised(mention) or reading.is_clear_in_small(mention)
        if locative >= 0 and (written or not ordinary):
            return f"tertulis {around.quoted(locative, mention)}{ours}"
        return f"nama {name}{ours}" if self._speaks_alone(mention, options) else ""

    def _why_beside(self, mention: Mention) -> str:
        """Named in one row with a place that is certain, by more than an ordinary word."""
        reading, row = self._reading, self._around.lists.row_of(mention)
        around, certain = self._around, self._certain_beside(mention)
        written = reading.is_capitalised(mention) and not around.is_before_a_name(mention)
        if not certain or not (written or reading.is_clear_in_small(mention)):
            return ""
        is_long = len(row) > 2 and around.locative(row[0]) >= 0
        enough = reading.has_several(mention) or is_long or not reading.is_ordinary(mention)
        if not enough or around.is_part_of_a_name(mention):
            return ""
        name = around.quoted(mention.first, mention)
        return f"nama {name}, sederet dengan {self._gazetteer[certain].title}"

    def _speaks_alone(self, mention: Mention, options: Sequence[Place]) -> bool:
        """Its name needs no other word beside it."""
        reading = self._reading
        is_district = any(place.level is PlaceLevel.DISTRICT for place in options)
        written = reading.is_capitalised(mention)
        if not reading.has_several(mention):
            return is_district and written
        if not reading.is_ordinary(mention):
            return True
        goes_on = self._around.opens(mention) or self._around.is_before_a_name(mention)
        return is_district and written and (mention.hashtag or not goes_on)

    def _address_after(self, mention: Mention, options: Sequence[Place]) -> Above | None:
        """What follows in the same address and holds it: `X, Kecamatan Y`."""
        following = self._around.followed_by(mention)
        if not following:
            return None
        lines = [self._gazetteer.line_of(place.code)[:-1] for place in options]
        for other in following:
            for place in other.places:
                near = place.level is not PlaceLevel.PROVINCE or _is_unique(options)
                if near and any(place.code in line for line in lines):
                    return other, place
        return None

    def _leads_elsewhere(self, mention: Mention) -> bool:
        """The address goes on to a place of another region."""
        following = self._around.followed_by(mention)
        first = next((other.code for other in following if other.code), "")
        return bool(first) and self._is_foreign(first)

    def _why_ours(self, options: Sequence[Place]) -> str:
        """Why a name may be ours: an own place is named for certain, or the source is local."""
        if self._own_named:
            return f", dan {self._gazetteer[self._own_named].title} disebut juga"
        if self._is_local and (not self._is_away or _is_unique(options)):
            return ", dan sumbernya dari wilayah sendiri"
        return ""

    def _is_foreign(self, code: str) -> bool:
        return not (code in self._gazetteer.around_own or self._gazetteer.is_own(code))

    def _count(self, code: str) -> None:
        """What is named for certain tells where the text is at home."""
        if self._gazetteer.is_own(code):
            self._own_named = self._own_named or code
        elif self._is_foreign(code):
            self._is_away = True

    def _settle(
        self, mention: Mention, places: Sequence[Place], why: str, above: Above | None
    ) -> None:
        """The one in the named district, else what holds all of the same name."""
        codes = [place.code for place in places]
        if above:
            codes = [c for c in codes if above[1].code in self._gazetteer.line_of(c)] or codes
        if len(codes) > 1:
            codes = self._in_named_districts(codes) or codes
        mention.code = self._gazetteer.common_of(codes)
        if len(codes) > 1 and mention.code and mention.code not in codes:
            why = f"{why} (ada {len(codes)} tempat bernama itu; yang mana tidak disebut)"
        mention.why = why
        self._count(mention.code)
        if above and not above[0].code:
            above[0].code = above[1].code
            above[0].why = f"disebut bersama {self._gazetteer[mention.code].title}"

    def _in_named_districts(self, codes: Sequence[str]) -> list[str]:
        named = {mention.code for mention in self._reading.mentions if mention.code}
        return [code for code in codes if not named.isdisjoint(self._district_of(code))]

    def _district_of(self, code: str) -> set[str]:
        line = self._gazetteer.line_of(code)[:-1]
        return {each for each in line if self._gazetteer[each].level in _SMALL}


def _small(mention: Mention) -> list[Place]:
    return [place for place in mention.places if place.level in _SMALL]


def _is_unique(places: Sequence[Place]) -> bool:
    """No place of another region is known to have the name."""
    return not any(place.elsewhere for place in places)
