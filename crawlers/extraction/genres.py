"""Pages that are no articles although they look like some: paywalls, galleries, videos."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from crawlers.extraction.page import Page
from crawlers.extraction.structured import iter_json_ld, types_of

_SHORT_TEASER = 1500
_SHORT_CAPTION = 600
_PAYWALL_WORDS = re.compile(
    r"(?:berlangganan|langganan|subscribe)\b.{0,40}\b(?:untuk|to)\b.{0,40}"
    r"\b(?:membaca|melanjutkan|mengakses|read|continue)\b"
    r"|(?:masuk|daftar|log ?in|sign in)\b.{0,30}\buntuk (?:melanjutkan|terus|lanjut)\b"
    r".{0,20}\bmembaca"
    r"|(?:artikel|konten|berita) (?:ini )?(?:khusus|eksklusif)\b.{0,30}"
    r"\b(?:pelanggan|anggota|member)",
    re.IGNORECASE,
)
_GALLERY_PATH = re.compile(
    r"/(?:foto|photos?|galeri|gallery|fotografi|galeri-foto)(?:/|-\d|$)", re.IGNORECASE
)
_VIDEO_PATH = re.compile(r"/(?:videos?|tv|watch|vod|live-?streaming)(?:/|-\d|$)", re.IGNORECASE)
_GALLERY_TYPES = {"imagegallery", "mediagallery"}
_VIDEO_TYPES = {"videoobject"}
_LONGEST_LINE = 400


class Genre(StrEnum):
    """What a page is instead of an article."""

    ARTICLE = ""
    PAYWALL = "paywall"
    GALLERY = "gallery"
    VIDEO = "video"


def find_genre(page: Page, text: str) -> Genre:
    """By what the page tells machines, its address, and how little there is to read."""
    if len(text) < _SHORT_TEASER and _is_closed(page, text):
        return Genre.PAYWALL
    if len(text) >= _SHORT_CAPTION:
        return Genre.ARTICLE
    kinds = {kind for thing in iter_json_ld(page.tree) for kind in types_of(thing)}
    path, told = _path(page.url), page.meta.first("og:type").lower()
    if _GALLERY_PATH.search(path) or kinds & _GALLERY_TYPES:
        return Genre.GALLERY
    alone = kinds & _VIDEO_TYPES and not page.described
    if _VIDEO_PATH.search(path) or told.startswith("video") or alone:
        return Genre.VIDEO
    return Genre.ARTICLE


def _is_closed(page: Page, text: str) -> bool:
    free = page.described.get("isAccessibleForFree")
    if str(free).lower() == "false":
        return True
    if page.meta.first("article:content_tier").lower() in {"locked", "metered"}:
        return True
    return any(
        _PAYWALL_WORDS.search(line) for line in text.split("\n") if len(line) < _LONGEST_LINE
    )


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
