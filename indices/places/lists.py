"""Names in a row: `A dan B`, `A, B, dan C`, `A/B`; what is certain of one speaks for the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from indices.places.cues import ADDING, JOINING
from indices.places.mentions import Mention, Words

_LISTED = re.compile(r"^[\s,/&]*$")
_JOINED = re.compile(r"[/&]")


class Separator(Enum):
    """What stands between two names."""

    COMMA = ","
    WORD = "dan"


class Lists:
    """The rows of names of one text."""

    def __init__(self, words: Words, mentions: Sequence[Mention]) -> None:
        self._words = words
        self._ending_at = {mention.end: mention for mention in mentions}
        self._complete: dict[int, tuple[Mention, ...]] = {}
        for row in self._rows(mentions):
            self._complete |= {mention.first: row for mention in row}

    def row_of(self, mention: Mention) -> tuple[Mention, ...]:
        """The names of the row that it stands in, if `dan` closes that; or itself alone.

        `Warga X, Slamet, mengaku` is no such row.
        """
        return self._complete.get(mention.first, (mention,))

    def before(self, mention: Mention) -> Mention | None:
        """The name before in a row, closed or not."""
        at = mention.first
        if at > 0 and self._words.keys[at - 1] in JOINING and at not in self._ending_at:
            at -= 1
        before = self._ending_at.get(at)
        gaps = (self._words.gap(place) for place in range(at, mention.first + 1))
        return before if before and all(map(_LISTED.match, gaps)) else None

    def added_to(self, mention: Mention) -> Mention | None:
        """The name before where `dan` puts this one beside it."""
        before = self.before(mention)
        at = mention.first - 1
        return before if before and before.end == at and self._words.keys[at] in ADDING else None

    def _rows(self, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
        row: list[Mention] = []
        closed = False
        for mention in mentions:
            separator = self._separator(mention) if row else None
            if separator is None or (closed and separator is Separator.COMMA):
                yield from [tuple(row)] if closed else []
                row, closed = [], False
            row.append(mention)
            closed = closed or separator is Separator.WORD
        yield from [tuple(row)] if closed else []

    def _separator(self, mention: Mention) -> Separator | None:
        before = self.before(mention)
        if before is None:
            return None
        if before.end < mention.first or _JOINED.search(self._words.gap(mention.first)):
            return Separator.WORD
        return Separator.COMMA if "," in self._words.gap(mention.first) else None
