"""When two things are the same: canonical addresses, post ids and text hashes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|igsh|mc_[ce]id|ref|ref_src|ref_url|amp|outputtype"
    r"|from|source|_ga|yclid|twclid|ttclid|si|feature|s_kwcid|tag_from|campaign_id)$",
    re.IGNORECASE,
)
_WHOLE_ARTICLE = re.compile(r"^(page|halaman)$", re.IGNORECASE)
_HOST_PREFIX = re.compile(r"^(www|m|amp|mobile)\.(?=[^.]+\.[^.]+)")
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """One address for one article, whatever link led there; empty for what is no web address.

    Scheme becomes https, host loses `www.`, `m.` and `amp.`, the path its `/amp` ending, the
    query its tracking parameters and `page=all`; fragments go. Only to compare, never to fetch.
    """
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _DEFAULT_PORT or not host:
        return ""
    suffix = f":{port}" if port and f":{port}" not in _DEFAULT_PORT.values() else ""
    bare = host if _is_numeric(host) else _HOST_PREFIX.sub("", host)
    host_part = f"[{bare}]" if ":" in bare else bare
    return urlunsplit(("https", host_part + suffix, _path(parts.path), _query(parts.query), ""))


def post_id(platform: str, reference: str) -> str:
    """24 hexadecimal digits that name a post.

    Args:
        reference: for `web`, the URL of the article; else the platform's own id of the post
            together with what makes it unique (instance, channel), or the text of a message.
    """
    key = canonical_url(reference) or reference if platform == "web" else reference
    return hashlib.sha256(f"{platform}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def text_hash(title: str, text: str) -> str:
    """16 hexadecimal digits that change when words, marks or case do, but not with spacing."""
    joined = " ".join(f"{title}\n{text}".split())
    return hashlib.sha256(
        unicodedata.normalize("NFC", joined).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def _is_numeric(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", path or "/")
    path = re.sub(r"/amp/?$", "/", path)
    path = re.sub(r"^/amp/", "/", path)
    return path.rstrip("/") or "/"


def _query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.match(name)
        and not (_WHOLE_ARTICLE.match(name) and value.lower() in {"all", "1", "semua"})
    ]
    return urlencode(sorted(kept))
