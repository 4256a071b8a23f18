"""Links as documents write them, made whole."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute(base: str, link: str) -> str:
    """The whole address; what cannot be one stays as it is, and ends as refused_address."""
    link = "".join(character for character in link.strip() if character.isprintable())
    try:
        address = urljoin(base, link) if link else ""
        urlsplit(address)
    except ValueError:
        return link
    return address
