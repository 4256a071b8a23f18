"""Where somebody lives, told from streets in the news and from the addresses of public places."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"(?:no(?:mor)?\.?|nmr)\s*\d{1,4}(?:\s?(?-i:[A-Z])\b)?"
_BLOCK = r"blok\s+[a-z]{1,2}(?:\s?\d{1,3})?\b"
_RT = r"rt\.?\s*\d{1,3}(?:\s*/\s*(?:rw\.?\s*)?\d{1,3})?"
_RW = r"rw\.?\s*\d{1,3}"
_LANE = r"(?:gg|gang)\.?\s+(?:\d{1,3}|(?-i:[A-Z])\w+)(?:\s+\d{1,2}\b)?"
_AREA = (
    r"(?:kel|kelurahan|desa|dusun|kec|kecamatan)\.?\s+(?-i:[A-Z])\w+(?:\s+(?-i:[A-Z])[a-z]\w*){0,2}"
)
_DETAIL = rf"(?:{_NUMBER}|{_BLOCK}|{_RT}|{_RW}|{_LANE}|{_AREA})"
_HEAD = r"(?:(?:jln|jl|gg)\b\.?|(?-i:Jalan|Gang|Perum(?:ahan)?|Kompleks?|Dusun)\b|perum\.?(?=\s))"
_NAME = r"(?:\s*+(?!(?:no|rt|rw|blok|gg|gang|kel|kec|jln?|jalan)\b)[\w.'/]{1,20}+){0,5}?"
# Possessive, since a long run of letters can be parted into words in millions of ways.
_ADDRESS = re.compile(rf"(?<!\w){_HEAD}{_NAME}(?:[\s,./-]{{1,3}}{_DETAIL})+", re.IGNORECASE)
_CUE = (
    r"\b(?:alamat(?:nya)?(?:\s+(?:rumah|lengkap|ktp|saya|kami|korban|pelaku))?|tinggal|beralamat"
    r"|domisili|rumah(?:nya|ku)?)\b\s*:?\s*(?:di\s+)?"
)
_CALLED = re.compile(
    rf"{_CUE}(?P<place>(?:{_HEAD}\s*{_NAME}|)(?:[\s,./-]{{0,3}}{_DETAIL})+)", re.IGNORECASE
)
_SPECIFIC = re.compile(rf"\b(?:{_NUMBER}|{_RT}|{_BLOCK})", re.IGNORECASE)
_PUBLIC = re.compile(
    r"\b(?:kantor|dinas|rsud|rs|puskesmas|posyandu|polsek|polres|polda|masjid|gereja|pura|sekolah"
    r"|sdn?|smpn?|sman?|smkn?|kampus|universitas|hotel|toko|kafe|gedung|balai|posko|lokasi|seminar"
    r"|pasar|bank|spbu|proyek|kebakaran|perbaikan|simpang|tps|perkantoran|kejaksaan|pengadilan"
    r"|museum|stadion|terminal|bandara)\b[^.;!?\n]{0,40}$",
    re.IGNORECASE,
)


def iter_addresses(text: str) -> Iterator[tuple[int, int]]:
    """A street with house, RT or block; or any of these after words such as `tinggal di`."""
    for found in _CALLED.finditer(text):
        if _SPECIFIC.search(found["place"]):
            yield found.span("place")
    for found in _ADDRESS.finditer(text):
        before = text[max(0, found.start() - 60) : found.start()]
        if _SPECIFIC.search(found[0]) and not _PUBLIC.search(before):
            yield found.span()
