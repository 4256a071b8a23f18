"""Which words of a post moved the machine, so that the page can mark them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indices.documents import Assessment

_QUOTED = re.compile(r"[\"“'‘]([^\"”'’]{3,120})[\"”'’]")
_MOST_TERMS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; marked or not."""

    text: str
    marked: bool = False


def find_terms(assessment: Assessment | None) -> list[str]:
    """Quoted words of the reasons and words shared with the matched fact-checks."""
    if assessment is None:
        return []
    quoted = [term for reason in assessment.reasons for term in _QUOTED.findall(reason.text)]
    shared = [term for match in assessment.matches for term in match.shared_terms]
    terms = {term.strip().lower(): None for term in [*quoted, *shared] if len(term.strip()) > 2}
    return list(terms)[:_MOST_TERMS]


def split_marked(text: str, terms: Iterable[str]) -> list[Piece]:
    """The text in pieces, words that begin with a term marked; joined they are the text again."""
    ordered = sorted(terms, key=len, reverse=True)
    if not ordered or not text:
        return [Piece(text)]
    either = "|".join(re.escape(term) for term in ordered)
    pieces, end = [], 0
    for found in re.finditer(rf"\b(?:{either})\w*", text, re.IGNORECASE):
        if found.start() > end:
            pieces.append(Piece(text[end : found.start()]))
        pieces.append(Piece(found[0], marked=True))
        end = found.end()
    return [*pieces, Piece(text[end:])] if end < len(text) else pieces
