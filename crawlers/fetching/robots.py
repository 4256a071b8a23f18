"""robots.txt, obeyed, and failing closed: what cannot be read allows nothing (RFC 9309)."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from protego import Protego
from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.failures import as_fetch_error

ROBOT_NAME = "Luruskan"
_LONGEST_DELAY_SECONDS = 10.0
_READ_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least
_MARK = "luruskan_robots"
CALLED_WITH_KEY = "luruskan_key"
"""In the meta of a request that an interface's own terms allow, by the key that it carries."""


class RobotsMiddleware:
    """Asks each host once a crawl."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[Protego | FetchError]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Built by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let pass what the host allows."""
        if request.meta.get(_MARK) or request.meta.get(CALLED_WITH_KEY):
            return
        rules = await self._rules_for(request)
        if isinstance(rules, FetchError):
            raise FetchError(rules.disposition, rules.detail, status=rules.status)
        if not rules.can_fetch(request.url, ROBOT_NAME):
            raise FetchError(Disposition.REFUSED_ROBOTS, "robots.txt forbids it")
        self._slow_down(request, rules.crawl_delay(ROBOT_NAME))

    async def _rules_for(self, request: Request) -> Protego | FetchError:
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.get_running_loop().create_future()
            self._rules[origin].set_result(await self._fetch_rules(origin))
        return await self._rules[origin]

    async def _fetch_rules(self, origin: str) -> Protego | FetchError:
        request = Request(
            f"{origin}/robots.txt",
            priority=1000,
            meta={_MARK: True},
            callback=NO_CALLBACK,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 (whatever it is, the host is not fetched)
            reason = as_fetch_error(error)
            if reason.disposition is Disposition.REFUSED_ADDRESS:
                return reason
            text = f"robots.txt could not be read: {reason.detail}"
            return FetchError(reason.disposition, text)
        return _read_rules(response)

    def _slow_down(self, request: Request, delay_seconds: float | None) -> None:
        """Keep the host's own Crawl-delay where it is longer than ours, within reason."""
        downloader = self._crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None and delay_seconds:
            slot.delay = max(slot.delay, min(delay_seconds, _LONGEST_DELAY_SECONDS))


def _read_rules(response: Response) -> Protego | FetchError:
    if response.status >= 500 or response.status == 429:
        text = f"the site answers {response.status} for robots.txt, so nothing is fetched from it"
        return FetchError(Disposition.REFUSED_ROBOTS, text, status=response.status)
    if response.status >= 400:
        return Protego.parse("")
    return parse_robots(response.body)


def parse_robots(body: bytes) -> Protego:
    """The rules of a robots.txt, as far as it is read."""
    return Protego.parse(body[:_READ_BYTES].decode("utf-8", "replace"))
