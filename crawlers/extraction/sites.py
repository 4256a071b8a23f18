"""When two addresses belong to one outlet."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from indices.hosts import is_sold_under


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
    own = 3 if len(labels) > 2 and is_sold_under(labels[-2:]) else 2
    return ".".join(labels[-own:])


def same_site(one: str, other: str) -> bool:
    """Both have a site, and it is the same."""
    return bool(site_of(one)) and site_of(one) == site_of(other)
