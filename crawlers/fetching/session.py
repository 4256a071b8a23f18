"""One Scrapy session in this process: a reactor, a guarded resolver, a fetcher, and some work."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from twisted.internet.error import ReactorNotRestartable

from crawlers.fetching.configuration import scrapy_settings
from crawlers.fetching.fetcher import Fetcher
from indices.errors import LuruskanError
from indices.settings import Settings
from indices.stopping import SIGNALS, Stopped, ask_to_stop

Work = Callable[[Fetcher], Awaitable[None]]


class _SessionSpider(Spider):
    """Holds the engine open while the work runs; all fetching goes through the fetcher."""

    name = "luruskan"

    def __init__(self, session: _Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._session = session

    async def start(self) -> AsyncIterator[Any]:
        """Do the work; nothing is ever yielded to Scrapy's scheduler."""
        await self._session.run(self.crawler.engine)
        nothing: tuple[Any, ...] = ()
        for each in nothing:  # makes this an async generator, as Scrapy wants it
            yield each


class _Session:
    """The work, and the error that ended it."""

    def __init__(self, settings: Settings, work: Work) -> None:
        self._settings = settings
        self._work = work
        self._fetcher: Fetcher | None = None
        self.error: BaseException | None = None

    async def run(self, engine: Any) -> None:
        """Run the work inside the engine and keep what it raises for the caller."""
        self._fetcher = Fetcher(engine, self._settings)
        try:
            await self._work(self._fetcher)
        except BaseException as error:  # noqa: BLE001 (raised again outside of the reactor)
            self.error = error

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """First Ctrl-C or TERM: end what is under way; a second one: end at once."""
        if self._fetcher is None or self._fetcher.stopping:
            raise Stopped(signum)
        self._fetcher.stopping = True
        ask_to_stop(signum)


def run_session(settings: Settings, work: Work) -> None:
    """Run the work with a fetcher, in this process and this thread, once.

    Raises:
        LuruskanError: a session ran in this process before; whatever the work raised.
    """
    session = _Session(settings, work)
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    process.crawl(_SessionSpider, session=session)
    before = {each: signal.getsignal(each) for each in SIGNALS}
    try:
        for each in before:
            signal.signal(each, session.stop)
        process.start(install_signal_handlers=False)
    except ReactorNotRestartable as error:
        text = "a process can crawl only once; start a new one (luruskan crawl)"
        raise LuruskanError(text) from error
    finally:
        for each, handler in before.items():
            with suppress(TypeError):  # a handler that was not set from Python
                signal.signal(each, handler)
    if session.error is not None:
        raise session.error
