"""Number plates: the region's letters, a number, a series."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONE = "[ABDEFGHKLMNPRSTWZ]"
_TWO = "A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNPRSTW]|E[ABD]|K[BHTU]|P[ABGSTY]"
_NO_UNIT = r"(?!(?:KM|KG|MW|GB|MB|WIB|WITA|WIT|H|M|RI|SD|SMP|SMA|TNI)\b)"
_WRITTEN = re.compile(
    rf"(?<![\w-])(?:(?:{_TWO})[ -]?|{_ONE}[ -])(?!(?:19|20)\d\d[ -])\d{{3,4}}[ -]?"
    rf"{_NO_UNIT}[A-Z]{{1,3}}(?![\w-])"
)
_VEHICLE = (
    r"\b(?:plat(?:nya)?(?: nomor| merah| no)?|(?:ber)?nopol|(?:ber)?nomor polisi|no\.? ?pol|mobil"
    r"|sepeda motor|motor|truk|avanza|innova|xenia|kendaraan)\b"
)
_NO_WORD = r"(?!(?:unit|orang|kali|buah|km|di|ke|dan)\b)"
_CALLED = re.compile(
    rf"{_VEHICLE}[\s:.,-]{{0,4}}(?:nopol\s+|plat\s+)?"
    rf"(?P<plate>(?:{_TWO}|{_ONE})[ -]?\d{{1,4}}[ -]?{_NO_WORD}[A-Z]{{1,3}})(?![\w-])",
    re.IGNORECASE,
)

_MAYBE = re.compile(
    r"\d(?:(?<=[A-Z]\d)|(?<=[A-Z][ -]\d))\d{0,3}[ -]?[A-Z]{1,3}(?![\w-])", re.IGNORECASE
)
"""What both ways have in common, read from its first digit: most texts have nothing of it."""


def iter_plates(text: str) -> Iterator[tuple[int, int]]:
    """As written on a plate, or any way of writing right after a word for the vehicle."""
    if not _MAYBE.search(text):
        return
    for found in _WRITTEN.finditer(text):
        yield found.span()
    for found in _CALLED.finditer(text):
        yield found.span("plate")
