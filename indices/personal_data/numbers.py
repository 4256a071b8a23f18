"""Numbers that point at a person: NIK, mobile numbers and bank accounts, however they are split."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lokal.nik import parse_nik

_Span = tuple[int, int]
_GAP = r"[ \t._\u00a0\u2000-\u200d\u2010-\u2015\u202f\u2060-]"
_YEARS = rf"(?!(?:(?:19|20)\d\d{_GAP}){{3}}(?:19|20)\d\d)"
_NIK = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:\d{{16}}|{_YEARS}\d{{4}}(?:{_GAP}\d{{4}}){{3}}"
    rf"|(?:\d\d{_GAP}?){{3}}{_GAP}?\d{{6}}{_GAP}?\d{{4}})(?!\d)"
)
_NIK_CUE = re.compile(
    r"(?:\bnik(?:nya)?\b|\bktp|\bkk\b|kartu keluarga|kependudukan|\bidentitas)[^\d]{0,30}$",
    re.IGNORECASE,
)
_MANY_DIGITS = re.compile(r"\d(?:[^\dA-Za-z\n]{0,4}\d){8}")
"""Nine digits with no more between them than any of these numbers allows: most texts have none."""

_IN_A_LINK = re.compile(r"(?:https?://|\bwww\.)\S{0,300}$", re.IGNORECASE)
_CHAT_LINK = re.compile(r"(?:wa\.me/|phone=)\+?$", re.IGNORECASE)

_NO_AMOUNT = r"(?<!\d)(?<!\d[.,])(?<!rp)(?<!rp[ .])(?<!rp\. )"
_PHONE = re.compile(
    rf"{_NO_AMOUNT}(?:\(?\+?62\)?{_GAP}{{0,2}}(?:\(0\){_GAP}?)?|\(?0{_GAP}?)8\d{{1,2}}\)?"
    rf"(?:{_GAP}{{0,2}}\d){{6,10}}(?!\d)|(?<!\d)0{_GAP}8(?:{_GAP}\d){{8,11}}(?!\d)",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9])([A-Za-z][A-Za-z0-9]*|\d+)(?:[-/][A-Za-z0-9]+)*[-/]$")
_PHONE_WORDS = frozenset("hp wa no nomor telp tlp tel nohp nowa sms cp hub me".split())
_RUPIAH_AFTER = re.compile(r"\s*(?:rupiah|rb\b|ribu|juta|jt\b|miliar)", re.IGNORECASE)

_BANK = (
    r"no\.?\s?rek(?:ening)?|norek|rek(?:ening)?|va|virtual account|tf|transfer|bank|bca|bri|bni"
    r"|mandiri|bsi|btn|cimb|niaga|permata|danamon|seabank|jago|muamalat|bankaltimtara|ocbc|panin"
)
_ACCOUNT = re.compile(
    rf"\b(?:{_BANK})\b(?:(?!rp)[^\d\n]){{0,25}}?"
    r"(?!\d{1,3}(?:[.,]\d{3})+(?!\d))(?!\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?!\d))"
    r"(?!(?:19|20)\d\d[ -]+(?:(?:19|20)\d\d(?!\d)|\d{1,3}[.,]\d{3}))"
    rf"(?P<number>\d(?:{_GAP}?\d){{8,17}})(?!\d)",
    re.IGNORECASE,
)
_SEASON = re.compile(r"(?:19|20)\d\d[-\u2013](?:19|20)\d\d$")
_BEFORE_BANK = re.compile(
    rf"(?<![\d.,/-])(?P<number>\d{{9,16}})\s*\(?(?:a\.?n\.?\s+)?(?:{_BANK})\b", re.IGNORECASE
)


def has_many_digits(text: str) -> bool:
    """Whether any of these numbers can be there; a quick look before the thorough ones."""
    return _MANY_DIGITS.search(text) is not None


def iter_niks(text: str) -> Iterator[_Span]:
    """Sixteen digits that are called a NIK or built like one: region, birthday, serial."""
    for found in _NIK.finditer(text):
        before = _before(text, found.start())
        if _NIK_CUE.search(before) or (not _IN_A_LINK.search(before) and parse_nik(found[0]).valid):
            yield found.span()


def iter_phones(text: str) -> Iterator[_Span]:
    """Mobile numbers of ten to thirteen digits, in links to a chat too."""
    for found in _PHONE.finditer(text):
        before = _before(text, found.start())
        digits = sum(each.isdigit() for each in found[0].removeprefix("+").replace("(0)", ""))
        local = digits - (1 if "62" in found[0][:4] else 0)
        if not 10 <= local <= 13 or _RUPIAH_AFTER.match(text, found.end()):
            continue
        if _IN_A_LINK.search(before) and not _CHAT_LINK.search(before):
            continue
        if not _is_part_of_a_code(before):
            yield found.span()


def iter_accounts(text: str) -> Iterator[_Span]:
    """Long numbers beside a bank's name or a word for account, unless they are an amount."""
    for pattern in (_ACCOUNT, _BEFORE_BANK):
        for found in pattern.finditer(text):
            if not _SEASON.search(found["number"]):
                yield found.span("number")


def _is_part_of_a_code(before: str) -> bool:
    """`INV-0812...` is an invoice, `hp-0812...` a telephone."""
    found = _CODE_BEFORE.search(before)
    return found is not None and found[1].lower() not in _PHONE_WORDS and "wa.me" not in before


def _before(text: str, place: int) -> str:
    return text[max(0, place - 300) : place]
