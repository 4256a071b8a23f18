"""One coroutine to fetch one address: bounded per host and overall, with typed refusals."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawlers.dispositions import Disposition
from crawlers.fetching.addresses import AddressPolicy
from crawlers.fetching.configuration import concurrency_per_host
from crawlers.fetching.errors import FetchError
from crawlers.fetching.failures import as_fetch_error
from crawlers.fetching.robots import CALLED_WITH_KEY
from indices.settings import Settings

LONGEST_WAIT_SECONDS = 30.0
"""A site that asks for a longer pause is left alone until the next run."""
_RESET_HEADERS = ("X-RateLimit-Reset", "X-Rate-Limit-Reset", "RateLimit-Reset")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    url: str
    """After redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    def header(self, name: str) -> str:
        """The last header of that name, or nothing."""
        wanted = name.lower()
        return next((value for key, value in reversed(self.headers) if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class KeyedCall:
    """A question to an interface that the office has a key for; the key is in a header."""

    url: str
    headers: Mapping[str, str]
    body: bytes | None = None
    """Sent by POST when there is one."""


class Engine(Protocol):
    """The part of Scrapy's engine that is used here."""

    async def download_async(self, request: Request) -> Any:
        """The response, redirects followed."""


class Fetcher:
    """Fetches politely; every failure is a `FetchError` that says what it leads to."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._everywhere = asyncio.Semaphore(settings.crawl.concurrent_requests)
        per_host = concurrency_per_host(settings)
        self._at_host: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(per_host)
        )
        self._policy = AddressPolicy(settings.crawl.allowed_private_hosts)
        self._leave_alone_until: dict[str, float] = {}
        self.stopping = False
        """Set when the crawl is asked to stop: what is under way ends, nothing new starts."""

    async def fetch(
        self, url: str, *, headers: Mapping[str, str] | None = None, accept: tuple[int, ...] = ()
    ) -> Fetched:
        """Fetch one address.

        Args:
            accept: statuses beyond 2xx that the caller reads, e.g. 304.

        Raises:
            FetchError: with the disposition and one line.
        """
        return await self._ask(_build_request(url, headers or {}), accept)

    async def call(self, call: KeyedCall) -> Fetched:
        """Ask an interface with the office's key.

        Its terms say what may be asked, not robots.txt; a redirect is refused, so that the key
        goes nowhere else.

        Raises:
            FetchError: with the disposition, one line, and what the interface answered.
        """
        parts = urlsplit(call.url)
        private = self._policy.allows_private(parts.hostname or "", parts.port)
        if parts.scheme != "https" and not private:
            raise FetchError(Disposition.REFUSED_ADDRESS, "is not https; a key is not sent openly")
        request = _build_request(call.url, call.headers)
        if call.body is not None:
            request = request.replace(method="POST", body=call.body)
        request.meta.update({CALLED_WITH_KEY: True, "dont_redirect": True})
        return await self._ask(request, ())

    async def _ask(self, request: Request, accept: tuple[int, ...]) -> Fetched:
        host = _netloc(request.url)
        async with self._at_host[host]:
            self._refuse_when_waiting(host)
            fetched = await self._download(request)
            if fetched.status in {429, 503} and (wait := self._pause(fetched)):
                await asyncio.sleep(wait)
                fetched = await self._download(request.copy())
        if 200 <= fetched.status < 300 or fetched.status in accept:
            return fetched
        raise self._status_error(host, fetched)

    async def _download(self, request: Request) -> Fetched:
        async with self._everywhere:
            try:
                response = await self._engine.download_async(request)
            except Exception as error:
                raise as_fetch_error(error) from error
        return _fetched(response)

    def _refuse_when_waiting(self, host: str) -> None:
        if self.stopping:
            raise FetchError(Disposition.FAILED_NOT_REACHED, "the crawl was stopped before it")
        left = self._leave_alone_until.get(host, 0.0) - time.monotonic()
        if left > 0:
            text = f"the site asked to be left alone for {left:.0f} s more"
            raise FetchError(Disposition.FAILED_NOT_REACHED, text, retry_after_seconds=left)

    def _pause(self, fetched: Fetched) -> float:
        """Seconds to wait before the one retry; 0 when the site asked for too long or said not."""
        wait = wait_asked(fetched)
        return wait if 0 < wait <= LONGEST_WAIT_SECONDS else 0.0

    def _status_error(self, host: str, fetched: Fetched) -> FetchError:
        wait = wait_asked(fetched) if fetched.status in {429, 503} else 0.0
        if wait:
            self._leave_alone_until[host] = time.monotonic() + wait
        text = f"the site answers {fetched.status}"
        text += f" and asks to wait {wait:.0f} s" if wait else ""
        return FetchError(
            Disposition.FAILED_HTTP,
            text,
            retry_after_seconds=wait,
            status=fetched.status,
            body=fetched.body,
        )


def _build_request(url: str, headers: Mapping[str, str]) -> Request:
    try:
        return Request(url, headers=dict(headers), dont_filter=True, callback=NO_CALLBACK)
    except ValueError as error:
        raise FetchError(Disposition.REFUSED_ADDRESS, "is no address") from error


def wait_asked(fetched: Fetched) -> float:
    """Seconds that `Retry-After` or a header about rate limits asks for; 0 when none does."""
    if retry_after := fetched.header("Retry-After").strip():
        if retry_after.isdigit():
            return float(min(int(retry_after), 86_400))
        return _seconds_until(_http_date(retry_after), fetched.fetched_at)
    for name in _RESET_HEADERS:
        if reset := fetched.header(name).strip():
            return _seconds_until(_reset_moment(reset), fetched.fetched_at)
    return 0.0


def _seconds_until(moment: datetime | None, now: datetime) -> float:
    if moment is None:
        return 0.0
    return min(max(0.0, (moment - now).total_seconds()), 86_400.0)


def _http_date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _reset_moment(text: str) -> datetime | None:
    """As Mastodon writes it (a date), or as X and Bluesky do (seconds since 1970)."""
    if text.isdecimal() and len(text) == 10:
        return datetime.fromtimestamp(int(text), UTC)
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _netloc(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _fetched(response: Response) -> Fetched:
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Fetched(
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=datetime.now(UTC),
    )
