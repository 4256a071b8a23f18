"""Names in a text: its words, and where the longest names of the gazetteer stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from indices.places.gazetteer import Gazetteer, Place, Trie, is_ordinary, is_phrase, keys_of
from indices.places.hashtags import find_in_hashtag

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_MOST_CHARACTERS = 20_000
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|@[\w.@-]+|\b\w[\w-]{0,62}(?:\.[\w-]{1,63}){0,9}\.(?:com|net|org|id|co)\b",
    re.IGNORECASE,
)
"""Hosts and accounts are called after places, and are none."""
_SIGN_OF_ADDRESS = re.compile(r"://|@|www\.|\.(?:com|net|org|id|co)\b", re.IGNORECASE)
"""Every address has one of them; the long look takes ten times as long as this one."""
_BROKEN = re.compile(r"[.!?;\n,()\"“”|]")


class Words:
    """The words of a text, as written and as names are compared."""

    def __init__(self, text: str) -> None:
        text = text[:_MOST_CHARACTERS]
        if _SIGN_OF_ADDRESS.search(text):
            text = _ADDRESS.sub("|", text)
        self.text = text if text.isascii() else unicodedata.normalize("NFKC", text)
        self.spans = [found.span() for found in _WORD.finditer(self.text)]
        self.written = [self.text[start:end] for start, end in self.spans]
        self.keys = [word.lower().translate(_APOSTROPHES) for word in self.written]

    def __len__(self) -> int:
        return len(self.spans)

    def gap(self, place: int) -> str:
        """What stands before that word; all of the text's end after the last one."""
        start = self.spans[place - 1][1] if place else 0
        end = self.spans[place][0] if place < len(self.spans) else len(self.text)
        return self.text[start:end]

    def joined(self, place: int) -> bool:
        """That word goes on after the one before, in one sentence and part of it."""
        return 0 < place < len(self.spans) and not _BROKEN.search(self.gap(place))

    def is_capital(self, place: int) -> bool:
        """Whether that word begins with a capital, or is a number."""
        return 0 <= place < len(self.spans) and not self.written[place][:1].islower()

    def said(self, first: int, end: int) -> str:
        """Those words as written."""
        return " ".join(self.text[self.spans[first][0] : self.spans[end - 1][1]].split())


@dataclass(slots=True, eq=False)
class Mention:
    """A name in a text, and the places that have it."""

    first: int
    end: int
    """Words; the last one is left out."""
    places: tuple[Place, ...]
    hashtag: bool = False
    code: str = ""
    """What it was judged to name; empty for no place."""
    why: str = ""


@dataclass
class Reading:
    """A text with the names found in it."""

    words: Words
    mentions: Sequence[Mention]

    def is_capitalised(self, mention: Mention) -> bool:
        """All its words are, and the words around are not all in capitals too."""
        if mention.hashtag:
            return True
        if not all(map(self.words.is_capital, range(mention.first, mention.end))):
            return False
        name = self.words.said(mention.first, mention.end)
        return not name.isupper() or len(name) <= 4 or not self.shouts

    @cached_property
    def shouts(self) -> bool:
        """Most of it is in capitals, which then say nothing."""
        letters = "".join(self.words.written)
        return sum(map(str.isupper, letters)) > 0.6 * len(letters)

    def is_ordinary(self, mention: Mention) -> bool:
        """The words of the name mean something else too."""
        if mention.hashtag:
            return all(is_ordinary(keys_of(place.name)) for place in mention.places)
        return is_ordinary(self.words.keys[mention.first : mention.end])

    def is_clear_in_small(self, mention: Mention) -> bool:
        """Of several words that together are said of little else: `hulu sarang`."""
        if mention.hashtag or mention.end - mention.first < 2:
            return False
        return not is_phrase(self.words.keys[mention.first : mention.end])

    def has_several(self, mention: Mention) -> bool:
        """It is of more than one word."""
        if mention.hashtag:
            return any(" " in place.name for place in mention.places)
        return mention.end - mention.first > 1


def read_names(gazetteer: Gazetteer, text: str) -> Reading:
    """The longest names, none overlapping another."""
    words = Words(text)
    return Reading(words, _find(gazetteer, words))


def _find(gazetteer: Gazetteer, words: Words) -> list[Mention]:
    trie, tags, keys = gazetteer.trie, gazetteer.tags, words.keys
    hashes = "#" in words.text
    found: list[Mention] = []
    place = 0
    while place < len(keys):
        if hashes and words.gap(place).endswith("#"):
            codes, end = find_in_hashtag(tags, words.written[place]), place + 1
        elif keys[place] in trie:
            codes, end = _longest(trie, keys, words, place)
        else:
            place += 1
            continue
        if codes:
            places = tuple(gazetteer[code] for code in codes)
            found.append(Mention(place, end, places, words.gap(place).endswith("#")))
        place = max(end, place + 1)
    return found


def _longest(
    trie: Trie, keys: Sequence[str], words: Words, first: int
) -> tuple[Sequence[str], int]:
    codes: Sequence[str] = []
    end = place = first
    node: Trie | None = trie.get(keys[first])
    while node is not None:
        place += 1
        if "" in node:
            codes, end = node[""], place
        if place >= len(keys) or _BROKEN.search(words.gap(place)):
            break
        node = node.get(keys[place])
    return codes, end
