"""Scrapy's downloader middlewares, made to say plainly what they refuse."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawlers.dispositions import Disposition
from crawlers.fetching.addresses import AddressPolicy, private_refusal
from crawlers.fetching.errors import FetchError

_REDIRECTS = {301, 302, 303, 307, 308}


class AddressMiddleware:
    """Refuses what is not a public web address, before its robots.txt is asked for."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Built by Scrapy from its settings."""
        return cls(AddressPolicy(crawler.settings.getlist("LURUSKAN_ALLOWED_PRIVATE_HOSTS")))

    def process_request(self, request: Request) -> None:
        """Judge the words of the address; redirects come through here too."""
        if objection := self._policy.find_objection(request.url):
            raise FetchError(Disposition.REFUSED_ADDRESS, objection)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell a name that resolves into a private network from one that does not exist."""
        from twisted.internet import reactor

        parts = urlparse_cached(request)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        refused = getattr(reactor, "nameResolver").refused  # noqa: B009 (no types)
        if (parts.hostname or "", port) in refused and not isinstance(exception, FetchError):
            text = private_refusal(parts.hostname or "", port)
            raise FetchError(Disposition.REFUSED_ADDRESS, text) from exception


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Follows a few redirects, to web addresses only."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The next request, or the response when it is no redirect."""
        try:
            answer = super().process_response(request, response)
        except IgnoreRequest as error:
            text = f"redirects more than {self.max_redirect_times} times"
            raise FetchError(Disposition.FAILED_HTTP, text) from error
        except ValueError as error:
            text = "redirects to something that is no address"
            raise FetchError(Disposition.REFUSED_ADDRESS, text) from error
        if answer is response and response.status in _REDIRECTS:
            kept = request.meta.get("dont_redirect")
            text = "redirects; a key is not sent on: give the address that it leads to"
            text = text if kept else "redirects to something that is no web address"
            raise FetchError(Disposition.REFUSED_ADDRESS, text)
        return answer


class BoundedCompressionMiddleware(HttpCompressionMiddleware):
    """Unpacks no further than the bound on bodies."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The unpacked response."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            text = "unpacks to more than crawl.max_body_bytes"
            raise FetchError(Disposition.REFUSED_TOO_LARGE, text) from error
        except Exception as error:
            # zlib, brotli and zstd each have errors of their own; all say the same
            text = f"cannot be unpacked ({type(error).__name__})"
            raise FetchError(Disposition.FAILED_NETWORK, text) from error
