"""Which addresses may be fetched: public ones, and those of the network that settings allow."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; some clouds keep their metadata here
        "168.63.129.16/32",  # a cloud's host agent behind a public-looking address
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible, long deprecated
        "100::/64",
        "2001::/23",  # protocol assignments, Teredo among them
        "5f00::/16",
        "64:ff9b:1::/48",
        "fec0::/10",
    )
)
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """True for an address that anybody on the internet can reach; False for all else.

    Addresses that wrap another one (IPv4-mapped, 6to4, NAT64) are judged by both.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_plainly_public(each) for each in (parsed, *_wrapped(parsed)))


def _is_plainly_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return True  # what it wraps decides
    if any(
        address in network for network in _REFUSED_NETWORKS if network.version == address.version
    ):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: IPAddress) -> tuple[IPAddress, ...]:
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _SIX_TO_FOUR:
        return (ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF),)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()


class AddressPolicy:
    """What may be fetched, decided by host name first and by address once it is resolved."""

    def __init__(self, allowed_private_hosts: Collection[str] = ()) -> None:
        self._allowed = {entry.lower().strip() for entry in allowed_private_hosts}

    def allows_private(self, host: str, port: int | None) -> bool:
        """Settings name this host, or this very port of it."""
        bare = host.lower().strip("[]").rstrip(".")
        names = {bare, f"[{bare}]"} if ":" in bare else {bare}
        return any(name in self._allowed or f"{name}:{port}" in self._allowed for name in names)

    def allows_address(self, host: str, port: int | None, address: str) -> bool:
        """The host may be spoken to at this address."""
        return is_public(address) or self.allows_private(host, port)

    def find_objection(self, url: str) -> str | None:
        """Why this URL is not fetched, as far as its words tell; None when they do not object."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return "is no address"
        if parts.scheme not in {"http", "https"}:
            return f"is {parts.scheme or 'no'}: address; only http and https are fetched"
        if not host:
            return "names no host"
        if parts.username is not None or parts.password is not None:
            return "carries a user name; give the plain address"
        return self._object_to_literal(host, port or (443 if parts.scheme == "https" else 80))

    def _object_to_literal(self, host: str, port: int) -> str | None:
        try:
            ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return None  # a name: judged once it is resolved
        return None if self.allows_address(host, port, host) else private_refusal(host, port)


def private_refusal(host: str, port: int) -> str:
    """The one line that names the mend."""
    return (
        f"{host} is inside a private or reserved network; if that is meant, "
        f"add {host}:{port} to crawl.allowed_private_hosts"
    )
