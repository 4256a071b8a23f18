"""The sites that belong to a source: its address, its feed's home page, and what it lists."""

from __future__ import annotations

from crawlers.extraction.sites import site_of
from indices.documents import Source


def allowed_sites(source: Source, *addresses: str) -> frozenset[str]:
    """Registered domains whose pages may be stored under this source's name."""
    listed = source.options.get("sites", "")
    hosts = [f"https://{site.strip()}/" for site in listed.split(",") if site.strip()]
    return frozenset(site_of(each) for each in (source.url, *addresses, *hosts) if site_of(each))
