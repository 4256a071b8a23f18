"""Names inside hashtags: `#BanjirMuaraBadak`, `#infosamarinda`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indices.places.cues import EXTENSIONS, FACILITIES, NEVER

_PARTS = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|[a-z]+|\d+")
_BEFORE = sorted(
    """
    banjir longsor gempa kebakaran karhutla info kabar berita warga save prayfor peduli pemkab
    pemkot pemprov polres kab kabupaten kec kecamatan kel kelurahan desa visit explore wisata
    """.split(),
    key=len,
    reverse=True,
)
"""What a hashtag in small letters begins with before a name."""


def find_in_hashtag(tags: Mapping[str, Sequence[str]], written: str) -> Sequence[str]:
    """Codes of the longest name that a hashtag is or holds; empty where that makes another name.

    Args:
        tags: codes by the joined words of a name.
        written: the hashtag as it was written, without its mark.
    """
    if whole := tags.get(written.lower()):
        return whole
    parts = _PARTS.findall(written)
    if len(parts) > 1:
        return _find_among(tags, [part.lower() for part in parts])
    return _find_after_a_word(tags, written.lower())


def _find_among(tags: Mapping[str, Sequence[str]], parts: Sequence[str]) -> Sequence[str]:
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            end = start + length
            if codes := tags.get("".join(parts[start:end])):
                return [] if _is_another(parts, start, end) else codes
    return []


def _is_another(parts: Sequence[str], start: int, end: int) -> bool:
    before = parts[start - 1] if start else ""
    after = parts[end] if end < len(parts) else ""
    return before in NEVER or before in FACILITIES or after in EXTENSIONS


def _find_after_a_word(tags: Mapping[str, Sequence[str]], written: str) -> Sequence[str]:
    for word in _BEFORE:
        if written.startswith(word) and (codes := tags.get(written[len(word) :])):
            return codes
    return []
