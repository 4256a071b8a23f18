"""Names to addresses, refused ones left out: the connection goes to what was checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.fetching.addresses import AddressPolicy


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on the addresses that the policy allows, and remembers when it kept one back."""

    def __init__(self, receiver: Any, host: str, port: int, resolver: GuardedResolver) -> None:
        self._receiver = receiver
        self._host = host
        self._port = port
        self._resolver = resolver

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        found = getattr(address, "host", "")
        if self._resolver.policy.allows_address(self._host, self._port, found):
            self._receiver.addressResolved(address)
        else:
            self._resolver.refused.add((self._host.lower(), self._port))

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Twisted connects to the very addresses passed on here, so a name cannot change its mind."""

    def __init__(self, reactor: Any, policy: AddressPolicy) -> None:
        self._reactor = reactor
        self._original = reactor.nameResolver
        self.policy = policy
        self.refused: set[tuple[str, int]] = set()
        """(host, port) that led to a refused address."""

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """Built by Scrapy from its settings."""
        allowed = crawler.settings.getlist("LURUSKAN_ALLOWED_PRIVATE_HOSTS")
        return cls(reactor, AddressPolicy(allowed))

    def install_on_reactor(self) -> None:
        """From now on every name is resolved here."""
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve, and let only allowed addresses through."""
        receiver = _PublicOnly(resolutionReceiver, hostName, portNumber, self)
        resolution: IHostResolution = self._original.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution
