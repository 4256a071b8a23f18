"""One place in a text that is personal."""

from __future__ import annotations

from dataclasses import dataclass

from indices.documents import PersonalKind


@dataclass(frozen=True, slots=True)
class PersonalData:
    """`text[start:end]` is personal."""

    kind: PersonalKind
    start: int
    end: int
