"""Personal data hidden where nobody asked to see it: NIK, telephone, account and plate numbers."""

from __future__ import annotations

import re

_GAP = r"[\s.\u2010-\u2015-]"
_NO_AMOUNT = r"(?<!\d)(?<!\d[.,])(?<!rp)(?<!rp[ .])(?<!rp\. )"
_YEARS = rf"(?!(?:(?:19|20)\d\d{_GAP}){{3}}(?:19|20)\d\d)"
_NIK = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:\d{{16}}|{_YEARS}\d{{4}}(?:{_GAP}\d{{4}}){{3}}"
    rf"|(?:\d\d{_GAP}?){{3}}{_GAP}?\d{{6}}{_GAP}?\d{{4}})(?!\d)"
)
_PHONE = re.compile(
    rf"{_NO_AMOUNT}(?:\(?\+?62\)?{_GAP}?(?:\(0\){_GAP}?)?|\(?0{_GAP}?)8\d{{1,2}}\)?"
    rf"(?:{_GAP}{{0,2}}\d){{6,10}}(?!\d)|(?<!\d)0{_GAP}8(?:{_GAP}\d){{7,11}}(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(\b(?:rek(?:ening)?|norek|bank|bca|bri|bni|mandiri|bsi|btn)\b(?:(?!rp)[^\d\n]){0,25})"
    r"(?!\d{1,3}(?:\.\d{3})+(?!\d))(\d(?:[\s.-]?\d){8,17})(?!\d)",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[ABDEFGHKLMNPRSTWZ]|A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNPRSTW]|E[ABD]|K[BHTU]"
    r"|P[ABGSTY])[ -]?\d{3,4}[ -]?(?!(?:KM|KG|MW|GB|MB|WIB|WIT|H|M)\b)[A-Z]{1,3}(?![\w-])"
)


def mask(text: str) -> str:
    """The text with such numbers shortened to their last two digits."""
    masked = _NIK.sub(lambda found: _hide("NIK", found[0]), text)
    masked = _PHONE.sub(lambda found: _hide("telepon", found[0]), masked)
    masked = _ACCOUNT.sub(lambda found: found[1] + _hide("rekening", found[2]), masked)
    return _PLATE.sub(lambda found: _hide("plat", found[0]), masked)


def has_personal_data(text: str) -> bool:
    """Whether masking would hide something."""
    return mask(text) != text


def _hide(kind: str, number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"[{kind} …{digits[-2:]}]"
