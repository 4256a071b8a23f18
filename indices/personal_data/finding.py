"""The finder: each kind proposes, and where two proposals overlap the surer kind is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from indices.documents import PersonalKind
from indices.personal_data.numbers import (
    has_many_digits,
    iter_accounts,
    iter_niks,
    iter_phones,
)
from indices.personal_data.places import iter_addresses
from indices.personal_data.plates import iter_plates
from indices.personal_data.spans import PersonalData

_Span = tuple[int, int]
_FINDERS: Mapping[PersonalKind, Callable[[str], Iterator[_Span]]] = {
    PersonalKind.NIK: iter_niks,
    PersonalKind.PHONE: iter_phones,
    PersonalKind.ACCOUNT: iter_accounts,
    PersonalKind.PLATE: iter_plates,
    PersonalKind.ADDRESS: iter_addresses,
}
_LONG_NUMBERS = frozenset({PersonalKind.NIK, PersonalKind.PHONE, PersonalKind.ACCOUNT})


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """All of it, in reading order, none overlapping another."""
    taken = bytearray(len(text))
    found: list[PersonalData] = []
    without = frozenset() if has_many_digits(text) else _LONG_NUMBERS
    for kind, finder in _FINDERS.items():
        if kind in without:
            continue
        for start, end in finder(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(PersonalData(kind, start, end))
    return tuple(sorted(found, key=lambda each: each.start))


def kinds_in(*texts: str) -> tuple[PersonalKind, ...]:
    """Which kinds any of the texts holds, in the order of their names."""
    return tuple(sorted({each.kind for text in texts for each in find_personal_data(text)}))
