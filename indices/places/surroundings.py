"""Looks to the left and right of a name: which kind it is given, what speaks for it or against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indices.places.cues import (
    ABBREVIATED,
    EXTENSIONS,
    FACILITIES,
    KIND_CUES,
    LOCATIVE,
    LOOSE,
    LOWER_EXTENSIONS,
    NATURE,
    NEVER,
    OFFICE_HOLDERS,
    OFFICES,
    PLAIN,
    PLAIN_ALONE,
)
from indices.places.gazetteer import Place
from indices.places.lists import Lists
from indices.places.mentions import Mention, Reading, Words

_BEFORE_DATELINE = re.compile(r"^[\W_]*(?:[\w.]+(?: [\w.]+)?\s*[,|(–—-]+\s*)?[\W_]*$")
_AFTER_DATELINE = re.compile(
    r"\s*(?:\([^)\n]{2,40}\)|,[^\n,–—-]{2,30})?(?:\s+-{1,2}\s+|\s*[–—]\s*|\s*\|\s*)(?=\S)"
)
_ENDS = re.compile(r"[.!?;\n]")
_FARTHEST = 10
"""Words of an address after a name."""
_LONGEST_QUOTE = 90
_SENTENCE_ENDS = re.compile(r"[.!?;\n()\"“”|]")


@dataclass(frozen=True, slots=True)
class Cue:
    """The word before a name that says of which kind it is."""

    kinds: frozenset[str]
    loose: bool
    at: int
    """Where it stands."""


class Surroundings:
    """Of the names of one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words: Words = reading.words
        self._cues: dict[int, Cue | None] = {}
        self._following: dict[int, tuple[Mention, ...]] = {}
        self._ending_at = {mention.end: mention for mention in reading.mentions}
        self._starting_at = {mention.first: mention for mention in reading.mentions}
        self.lists = Lists(reading.words, reading.mentions)

    def find_cue(self, mention: Mention) -> Cue | None:
        """`Desa X`, `Kec. X`, `Kodim 0906/X`; `Desa X, Y dan Z` say it of Y and Z too."""
        if mention.first not in self._cues:
            self._cues[mention.first] = self._look_for_cue(mention)
        return self._cues[mention.first]

    def _look_for_cue(self, mention: Mention) -> Cue | None:
        at = mention.first - 1
        if at > 0 and self._words.keys[at].isdecimal():  # Kodim 0906/Lembah
            at -= 1
        if self._follows(at, mention.first) and (kinds := KIND_CUES.get(self._words.keys[at])):
            return Cue(kinds, self._words.keys[at] in LOOSE, at)
        before = self.lists.before(mention)
        cue = self.find_cue(before) if before else None
        return replace(cue, loose=True) if cue else None

    def locative(self, mention: Mention) -> int:
        """Where the word stands that says that it is a place; -1 without one."""
        at = mention.first - 1
        known = self._follows(at, mention.first) and self._words.keys[at] in LOCATIVE
        return at if known else -1

    def is_called_otherwise(self, mention: Mention) -> bool:
        """A street, a person, a firm, a dish: never the place; nor is what `dan` adds to it."""
        at = mention.first - 1
        if not self._follows(at, mention.first) or self._words.keys[at] not in NEVER:
            before = self.lists.added_to(mention)
            return before is not None and self.is_called_otherwise(before)
        # a doctor's name has a capital, `dr` for `dari` stands before anything
        return self._words.keys[at] != "dr" or self._reading.is_capitalised(mention)

    def is_part_of_a_name(self, mention: Mention) -> bool:
        """After a facility's word or a capitalised one that is no cue: `Koperasi Lada Jaya`."""
        at, words = mention.first - 1, self._words
        if not words.joined(mention.first):
            return False
        if words.keys[at] in FACILITIES:
            return True
        if words.keys[at] in KIND_CUES or words.keys[at] in LOCATIVE or at + 1 in self._ending_at:
            return False
        opens = at == 0 or not words.joined(at)
        return words.is_capital(at) and not opens and self._reading.is_capitalised(mention)

    def goes_on(self, mention: Mention) -> bool:
        """A word follows that makes it another name: `Kutai` before `Barat`."""
        words, after = self._words, mention.end
        if mention.hashtag or not words.joined(after) or after in self._starting_at:
            return False
        if words.is_capital(after) and not self._reading.shouts:
            return words.keys[after] in EXTENSIONS
        return words.keys[after] in LOWER_EXTENSIONS

    def is_dateline(self, mention: Mention) -> bool:
        """`SAMARINDA -`, `KABAR.ID, SAMARINDA --` where a line begins."""
        words = self._words
        start, end = words.spans[mention.first][0], words.spans[mention.end - 1][1]
        line = words.text[words.text.rfind("\n", 0, start) + 1 : start]
        if len(line) > 40 or not words.is_capital(mention.first):
            return False
        after = _AFTER_DATELINE.match(words.text, end)
        return bool(after and _BEFORE_DATELINE.match(line))

    def followed_by(self, mention: Mention) -> tuple[Mention, ...]:
        """The names after it in one address: `Desa X, Kecamatan Y, Kabupaten Z`."""
        if mention.first not in self._following:
            self._following[mention.first] = tuple(self._look_after(mention))
        return self._following[mention.first]

    def _look_after(self, mention: Mention) -> Iterator[Mention]:
        words = self._words
        for place in range(mention.end, min(mention.end + _FARTHEST, len(words))):
            ends = _ENDS.search(words.gap(place)) and words.keys[place - 1] not in ABBREVIATED
            if ends:
                return
            before_a_name = place == mention.end or words.keys[place - 1] in KIND_CUES
            known = words.is_capital(place) or words.keys[place] in KIND_CUES
            if not known and not (before_a_name and place in self._starting_at):
                return
            if place in self._starting_at:
                yield self._starting_at[place]

    def is_after_an_office(self, cue: Cue) -> bool:
        """`di Desa X`, `Kepala Desa X`, `Kades X`: the cue is no ordinary word there."""
        words = self._words
        before = words.keys[cue.at - 1] if words.joined(cue.at) else ""
        return words.keys[cue.at] in OFFICE_HOLDERS or before in LOCATIVE or before in OFFICES

    def is_direct(self, cue: Cue, mention: Mention) -> bool:
        """It stands before this name itself, not before another of the same row."""
        return cue.at >= mention.first - 2

    def is_plain(self, cue: Cue) -> bool:
        """The cue means nothing else: `Kelurahan X`, `ds. X`; a desa may be anything."""
        return self._words.keys[cue.at] in PLAIN or self._is_dotted(cue)

    def is_plain_alone(self, cue: Cue, called: Sequence[Place]) -> bool:
        """So much so that small letters do not matter: `kec. x`; `kel x` where that is one."""
        word = self._words.keys[cue.at]
        is_urban = word == "kel" and all(place.kind == "kelurahan" for place in called)
        return word in PLAIN_ALONE or self._is_dotted(cue) or is_urban

    def _is_dotted(self, cue: Cue) -> bool:
        return self._words.keys[cue.at] in ABBREVIATED and "." in self._words.gap(cue.at + 1)

    def is_before_a_name(self, mention: Mention) -> bool:
        """A capitalised word follows without a mark."""
        after, words = mention.end, self._words
        return words.joined(after) and words.is_capital(after) and after not in self._starting_at

    def is_before_a_mention(self, mention: Mention) -> bool:
        """Another name follows without a mark."""
        return self._words.joined(mention.end) and mention.end in self._starting_at

    def opens(self, mention: Mention) -> bool:
        """It begins a sentence, so that its capital says nothing."""
        return not mention.first or bool(_SENTENCE_ENDS.search(self._words.gap(mention.first)))

    def is_natural(self, mention: Mention) -> bool:
        """A river, a lake or a mountain, even where a regency is called after it."""
        at = mention.first - 1
        return self._follows(at, mention.first) and self._words.keys[at] in NATURE

    def quoted(self, first: int, mention: Mention) -> str:
        """The words from there to the name's end, for a reason."""
        said = self._words.said(first, mention.end)
        return f"“{said if len(said) <= _LONGEST_QUOTE else '… ' + said[-_LONGEST_QUOTE:]}”"

    def _follows(self, at: int, first: int) -> bool:
        """Nothing parts the word there from the name but marks that an abbreviation has."""
        if at < 0:
            return False
        between = self._words.text[self._words.spans[at][1] : self._words.spans[first][0]]
        if "." in between and self._words.keys[at] not in ABBREVIATED:
            return False
        return not re.search(r"[,!?;\n)”|]", between)
