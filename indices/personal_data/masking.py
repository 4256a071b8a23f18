"""Personal data hidden where nobody asked to see it."""

from __future__ import annotations

import re

from indices.documents import PersonalKind
from indices.personal_data.finding import find_personal_data

_WORDS = {
    PersonalKind.NIK: "NIK",
    PersonalKind.PHONE: "telepon",
    PersonalKind.ACCOUNT: "rekening",
    PersonalKind.PLATE: "plat",
}


def mask(text: str) -> str:
    """The text with numbers shortened to their last two digits, and addresses left out."""
    pieces, shown = [], 0
    for found in find_personal_data(text):
        pieces += [text[shown : found.start], _hide(found.kind, text[found.start : found.end])]
        shown = found.end
    return "".join([*pieces, text[shown:]])


def has_personal_data(text: str) -> bool:
    """Whether masking would hide something."""
    return bool(find_personal_data(text))


def _hide(kind: PersonalKind, value: str) -> str:
    if kind is PersonalKind.ADDRESS:
        return "[alamat]"
    digits = re.sub(r"\D", "", value)
    return f"[{_WORDS[kind]} …{digits[-2:]}]"
