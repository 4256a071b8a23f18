"""Platforms by the host of an address, and the id that an address gives a post."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOSTS = {
    "x.com": "x",
    "twitter.com": "x",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "threads.net": "threads",
    "threads.com": "threads",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "t.me": "telegram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
}
_IDS = {
    "x": re.compile(r"/status(?:es)?/(\d{5,25})"),
    "instagram": re.compile(r"/(?:p|reels?|tv)/([\w-]{5,40})"),
    "tiktok": re.compile(r"/(?:video|photo|v\d|embed/v2)/(\d{8,25})"),
    "threads": re.compile(r"/post/([\w-]{5,40})"),
    "youtube": re.compile(r"(?:[?&]v=|youtu\.be/|/shorts/)([\w-]{11})"),
}


def platform_of(address: str) -> str:
    """The platform whose host it is, also of a bare host name; empty for other sites."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return next((name for known, name in _HOSTS.items() if f".{host}".endswith(f".{known}")), "")


def native_id(platform: str, url: str) -> str:
    """The platform's own id of the post, where its address holds one."""
    pattern = _IDS.get(platform)
    found = pattern.search(url) if pattern else None
    return found[1] if found else ""
