"""Telegram: a public channel's preview pages (`t.me/s/CHANNEL`), read backwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.connectors.backwards import Page, Stretch, read_back
from crawlers.connectors.items import take_item
from crawlers.connectors.options import telegram_channel
from crawlers.connectors.telegram_messages import MESSAGE, message_number, read_message
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError, SourceWork

_HISTORY = "//*[contains(@class, 'tgme_channel_history')]"
_CHANNEL_INFO = "//*[contains(@class, 'tgme_channel_info')]"


async def collect_telegram(work: SourceWork) -> Mapping[str, str]:
    """Read back to the newest message of the last crawl."""
    return await read_back(work, ChannelPreview(work))


class ChannelPreview:
    """Some twenty messages a page, without an account; `before` leads to older ones."""

    def __init__(self, work: SourceWork) -> None:
        parts = urlsplit(work.source.url)
        self._work = work
        self._channel = telegram_channel(work.source.url)
        self._address = f"{parts.scheme}://{parts.netloc}/s/{self._channel}"

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """The messages below a number, as many as Telegram shows."""
        before = cursor or stretch.before
        fetched = await self._work.fetcher.fetch(
            f"{self._address}?before={before}" if before else self._address
        )
        messages = self._messages(fetched, first=not before)
        numbers = [number for each in messages if (number := message_number(each))]
        after = int(stretch.after or 0)
        oldest = min(numbers, default=0)
        older = str(oldest) if oldest > max(after, 1) and str(oldest) != before else ""
        newest = str(max(numbers, default=0) or "")
        # known ones too: they cost nothing more, and their views and words may have changed
        return Page(messages[::-1], fetched, newest=newest, oldest=older, cursor=older)

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one message to its end."""
        name = f"{self._address}/{message_number(item) or '?'}"
        await take_item(self._work, name, lambda: read_message(item, self._channel), fetched)

    def _messages(self, fetched: Fetched, *, first: bool) -> list[HtmlElement]:
        if not urlsplit(fetched.url).path.lower().startswith("/s/"):
            raise self._no_preview()
        try:
            tree = parse_page(fetched.body, fetched.header("Content-Type"))
        except NotAPageError as error:
            raise SourceUnreadableError("does not answer with a page, as Telegram does") from error
        messages: list[HtmlElement] = tree.xpath(MESSAGE)
        if not messages and first:
            if tree.xpath(_HISTORY) and tree.xpath(
                "//*[contains(@class, 'tme_no_messages_found')]"
            ):
                return []
            raise self._changed() if tree.xpath(_CHANNEL_INFO) else self._no_preview()
        if not messages and not tree.xpath(_HISTORY):
            raise self._changed()
        return messages

    def _no_preview(self) -> SourceUnreadableError:
        return SourceUnreadableError(
            f"has no public preview: {self._channel} is private, a group, a person, has switched "
            "its preview off, or does not exist; look at the address in a browser"
        )

    def _changed(self) -> SourceUnreadableError:
        return SourceUnreadableError(
            "shows a channel but no messages that can be read; has Telegram changed its layout?"
        )
