"""A connection that is no HTTP request, under the same guard: only to an address that was checked.

A web socket is opened over a socket that was connected here, so its library resolves no name and
cannot follow a redirect.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.dispositions import Disposition
from crawlers.fetching.addresses import AddressPolicy, private_refusal
from crawlers.fetching.configuration import user_agent
from crawlers.fetching.errors import FetchError
from indices.settings import Settings

MOST_MESSAGE_BYTES = 200_000
"""Packed or unpacked; the connection ends at a message that is longer."""
_QUEUED_MESSAGES = 64


@asynccontextmanager
async def open_web_socket(url: str, settings: Settings) -> AsyncIterator[ClientConnection]:
    """Connect to an http(s) address as a web socket (https becomes wss), and close it after.

    Raises:
        FetchError: it is no public address, or cannot be connected to.
    """
    policy = AddressPolicy(settings.crawl.allowed_private_hosts)
    if objection := policy.find_objection(url):
        raise FetchError(Disposition.REFUSED_ADDRESS, objection)
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    timeout = settings.crawl.timeout_seconds
    checked = await _connect(parts.hostname or "", port, timeout)
    try:
        connection = await connect(
            url.replace("http", "ws", 1),
            sock=checked,
            ssl=ssl.create_default_context() if secure else None,
            proxy=None,
            user_agent_header=user_agent(settings),
            open_timeout=timeout,
            close_timeout=timeout,
            max_size=MOST_MESSAGE_BYTES,
            max_queue=_QUEUED_MESSAGES,
        )
    except (OSError, ValueError, WebSocketException) as error:
        checked.close()
        text = f"cannot be opened as a stream: {' '.join(str(error).split())[:160]}"
        raise FetchError(Disposition.FAILED_NETWORK, text) from error
    async with connection:
        yield connection


async def _connect(host: str, port: int, timeout_seconds: float) -> socket.socket:
    loop = asyncio.get_running_loop()
    failure: OSError | None = None
    for family, address in await _checked_addresses(host, port, timeout_seconds):
        plain = socket.socket(family, socket.SOCK_STREAM)
        plain.setblocking(False)
        try:
            async with asyncio.timeout(timeout_seconds):
                await loop.sock_connect(plain, (address, port))
        except OSError as error:  # TimeoutError is one
            plain.close()
            failure = error
        else:
            return plain
    text = f"cannot be connected to ({(failure and failure.strerror) or 'took too long'})"
    raise FetchError(Disposition.FAILED_NETWORK, text)


async def _checked_addresses(
    host: str, port: int, timeout_seconds: float
) -> list[tuple[socket.AddressFamily, str]]:
    """As the crawl's one resolver gives them: the reactor's, which leaves refused ones out."""
    from twisted.internet import reactor

    resolver: Any = getattr(reactor, "nameResolver")  # noqa: B009 (no types)
    receiver = _Addresses()
    resolver.resolveHostName(receiver, host, port)
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout_seconds):
            await receiver.complete.wait()
    if not receiver.found and (host.lower(), port) in resolver.refused:
        raise FetchError(Disposition.REFUSED_ADDRESS, private_refusal(host, port))
    if not receiver.found:
        raise FetchError(Disposition.FAILED_NETWORK, "has a host name that does not exist")
    return receiver.found


@implementer(IResolutionReceiver)
class _Addresses:
    """Collects what a name leads to."""

    def __init__(self) -> None:
        self.found: list[tuple[socket.AddressFamily, str]] = []
        self.complete = asyncio.Event()

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        """Nothing to do yet."""

    def addressResolved(self, address: IAddress) -> None:
        host = str(getattr(address, "host", ""))
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.found.append((family, host))

    def resolutionComplete(self) -> None:
        self.complete.set()
