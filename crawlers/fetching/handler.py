"""Scrapy's HTTP downloader, with a bound on the headers of an answer too."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HEADER, STATUS

MOST_HEAD_BYTES = 256_000
"""Scrapy bounds bodies and Twisted single lines; nobody bounds how many lines there are."""


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Hangs up on an answer that never comes to its body."""

    _head_bytes = 0

    def dataReceived(self, data: bytes) -> None:
        in_head = self._parser is not None and self._parser.state in {STATUS, HEADER}
        self._head_bytes = self._head_bytes + len(data) if in_head else 0
        if self._head_bytes > MOST_HEAD_BYTES and self.transport is not None:
            self.transport.abortConnection()
            return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds bounded protocols."""

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedDownloadHandler(HTTP11DownloadHandler):
    """For http and https."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory
