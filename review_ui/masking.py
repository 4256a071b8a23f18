"""Personal data hidden where nobody asked to see it: NIK, telephone and account numbers."""

from __future__ import annotations

import re

_NIK = re.compile(r"(?<![\d.])\d{16}(?!\d)")
_PHONE = re.compile(r"(?<![\w.])(?:\+62|62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d){6,10}(?!\d)")
_ACCOUNT = re.compile(
    r"(\b(?:rek(?:ening)?|norek|bca|bri|bni|mandiri|bsi|btn)\b(?:(?!rp)[^\d\n]){0,25})"
    r"(\d(?:[\s.-]?\d){7,17})(?!\d)",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text with such numbers shortened to their last two digits."""
    masked = _NIK.sub(lambda found: _hide("NIK", found[0]), text)
    masked = _PHONE.sub(lambda found: _hide("telepon", found[0]), masked)
    return _ACCOUNT.sub(lambda found: found[1] + _hide("rekening", found[2]), masked)


def has_personal_data(text: str) -> bool:
    """Whether masking would hide something."""
    return mask(text) != text


def _hide(kind: str, number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"[{kind} …{digits[-2:]}]"
