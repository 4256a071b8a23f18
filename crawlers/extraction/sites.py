"""When two addresses belong to one outlet."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

SECOND_LEVEL = frozenset(
    {
        "co",
        "go",
        "or",
        "ac",
        "sch",
        "web",
        "net",
        "com",
        "desa",
        "my",
        "mil",
        "org",
        "biz",
        "edu",
        "gov",
    }
)


def site_of(url: str) -> str:
    """The registered domain (`kompas.com`, `kaltimprov.go.id`), or a numeric host."""
    try:
        host = (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        labels = host.split(".")
    second_level = len(labels) >= 3 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2
    return ".".join(labels[-3:] if second_level else labels[-2:])


def same_site(one: str, other: str) -> bool:
    """Both have a site, and it is the same."""
    return bool(site_of(one)) and site_of(one) == site_of(other)
