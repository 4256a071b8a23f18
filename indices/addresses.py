"""One address for one article: what leads to the same page is folded, what tells pages apart stays.

Every rule must leave two different articles different, so a parameter goes only where its name
(or its name with that value) is known to say how somebody came, not what they read.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from indices.hosts import is_sold_under

_TRACKING = re.compile(
    r"(?:utm_|hsa_|_hs(?:enc|mi)$|fb_(?:action_ids|action_types|source|ref)$|oly_(?:enc|anon)_id$"
    r"|at_(?:medium|campaign)$|mc_[ce]id$|g(?:ad_source|braid)$|wbraid$|_g[al]$|usqp$|amp_js_v$"
    r"|(?:fb|g|dc|y|ys|tw|tt|tb)clid$|msclkid$|srsltid$|mibextid$|_rd[rc]$|igsh(?:id)?$|si$"
    r"|ref(?:_src|_url)?$|from$|source$|feature$|share$|replytocom$|spm$|xtor$|s_kwcid$"
    r"|tag_from$|campaign_id$|cmpid$|ncid$|mkt_tok$|vero_id$|__twitter_impression$"
    r"|phpsessid$|amp$)",
    re.IGNORECASE,
)
_SAME_PAGE = {
    "page": {"all", "1", "full", "semua"},
    "halaman": {"all", "1", "full", "semua"},
    "showpage": {"all"},
    "view": {"all", "amp"},
    "single": {"1"},
    "m": {"0", "1"},  # Blogger's telephone pages
    "s": {"paging_new"},
    "output": {"amp"},
    "outputtype": {"amp"},
}
"""Parameters that show the same article otherwise, by their lower-case values."""

_MOST_FOLDS = 8
"""Folding one thing may show the next, as in a cache of a cache; what goes on is no address."""
_HOST_PREFIXES = frozenset({"www", "m", "amp", "mobile", "wap"})
_DEFAULT_PORTS = {None, 80, 443}
_AMP_COPY = re.compile(r"^/(?:amp|[cv])/(?:s/)?([^/]+\.[^/]+)(/.*)?$")
_AMP_END = re.compile(r"(?:/+amp(?:\.html)?|\.amp)+(?=/*$|\.html$)")
_AMP_START = re.compile(r"^(?:/+amp)+(?=/)")
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """One address for one article, whatever link led there; empty for what is no web address.

    Scheme becomes https, host loses `www.`, `m.` and `amp.`, the path its `/amp` ending, the
    query its tracking parameters and `page=all`; fragments go, and a page in an AMP cache gets
    its own address. Only to compare, never to fetch.
    """
    for _ in range(_MOST_FOLDS):
        before, url = url, _folded(url)
        if url == before:
            return url
    return ""


def _folded(url: str) -> str:
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or not host.isprintable():
        return ""
    if (original := _amp_original(host, parts)) is not None:
        return original
    suffix = "" if port in _DEFAULT_PORTS else f":{port}"
    return urlunsplit(("https", _host(host) + suffix, _path(parts.path), _query(parts.query), ""))


def _host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    labels = host.split(".")
    while labels[0] in _HOST_PREFIXES and not is_sold_under(labels[1:]):
        labels = labels[1:]
    return ".".join(labels)


def _amp_original(host: str, parts: SplitResult) -> str | None:
    """The publisher's address of a page that an AMP cache shows."""
    at_google = re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and parts.path[:5] == "/amp/"
    if not at_google and not host.endswith(".cdn.ampproject.org"):
        return None
    found = _AMP_COPY.match(parts.path)
    if found is None:
        return None
    original: str = urlunsplit(("https", found[1], found[2] or "/", parts.query, ""))
    return original


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", _SESSION.sub("", path) or "/")
    path = _AMP_START.sub("", _AMP_END.sub("", path))
    return path.rstrip("/") or "/"


def _query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.match(name)
        and value.lower() not in _SAME_PAGE.get(name.lower(), frozenset())
    ]
    return urlencode(sorted(kept))
