"""Headlines without the outlet's name before or after them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from indices.hosts import is_sold_under

_SEPARATOR = re.compile(r"\s+(?:[-|–—:»·•~]|::|\|\|)\s+|\s*\|\s*")
_PREFIX = re.compile(r"^(?P<name>[\w.\- ]{3,40}?)\s*[:|]\s+")
_DOMAIN = re.compile(
    r"\b[\w-]+\.(?:com|co\.id|id|net|co|tv|go\.id|or\.id|news|org)\b", re.IGNORECASE
)
_LONGEST = 500


def squash(text: str) -> str:
    """Letters and digits only, lower case: how two headings are compared."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "", folded)


def host_name(url: str) -> str:
    """The word an outlet is known by in its address: `kompas` of `regional.kompas.com`."""
    labels = (urlsplit(url).hostname or "").split(".")
    if len(labels) >= 3 and is_sold_under(labels[-2:]):
        return labels[-3]
    return labels[-2] if len(labels) >= 2 else labels[0]


def clean_title(title: str, *, url: str = "", site_names: Iterable[str] = ()) -> str:
    """The headline alone: what names the outlet at either end goes."""
    text = " ".join(title[:_LONGEST].split())
    names = {squash(name) for name in (*site_names, host_name(url)) if len(squash(name)) >= 3}
    text = _without_tail(text, names)
    prefix = _PREFIX.match(text)
    if prefix and _names_outlet(prefix["name"], names):
        text = text[prefix.end() :]
    return text.strip()


def _without_tail(text: str, names: set[str]) -> str:
    """Cut at the first part that names the outlet; what follows is its motto."""
    marks = list(_SEPARATOR.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        if mark.start() > 0 and _names_outlet(text[mark.end() : end], names):
            return text[: mark.start()].rstrip()
    return text


def _names_outlet(part: str, names: set[str]) -> bool:
    if not part.strip():
        return True
    if len(part.split()) > 5:
        return False
    flat = squash(part)
    if _DOMAIN.search(part) and len(part.split()) <= 3:
        return True
    return any(
        name == flat or (len(name) >= 4 and (name in flat or (len(flat) >= 4 and flat in name)))
        for name in names
    )
