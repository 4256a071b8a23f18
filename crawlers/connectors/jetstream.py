"""Bluesky's Jetstream: the public stream for a while, and its posts that hold certain words."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.exceptions import WebSocketException

from crawlers.connectors.answers import part, words
from crawlers.connectors.bluesky_records import read_record
from crawlers.connectors.items import build_post, take_item
from crawlers.dispositions import Disposition
from crawlers.fetching.fetcher import Fetched
from crawlers.fetching.sockets import open_web_socket
from crawlers.work import SourceUnreadableError, SourceWork

_COLLECTION = "app.bsky.feed.post"
_SECONDS, _EVENTS = 60, 100_000
_MOST_SECONDS = 3_600
_REWIND_US = 5_000_000
"""The stream is in order by server only; a little of it is read again."""
_GAP_US = 600_000_000
_LOOK_UP_SECONDS = 1.0


async def collect_jetstream(work: SourceWork) -> Mapping[str, str]:
    """Read on from where the last crawl was, for a while; returns the new place."""
    listening = Listening(work)
    await listening.listen()
    await work.writer.flush()
    listening.complain()
    return {"cursor": str(listening.latest)} if listening.latest else work.memory


class Listening:
    """One bounded look at the stream."""

    def __init__(self, work: SourceWork) -> None:
        options = work.source.options
        self._work = work
        self._seconds = min(int(options.get("seconds", _SECONDS)), _MOST_SECONDS)
        self._most = int(options.get("events", _EVENTS))
        self._wanted = _pattern(options["words"])
        told = work.memory.get("cursor", "")
        self._cursor = int(told) if told.isdecimal() else 0
        self._address = _address(work.source.url, self._cursor)
        self._events = 0
        self._fresh = 0
        """Events and posts beyond the old cursor: what is read again uses up no bound."""
        self._kept = 0
        self._unread = 0
        self._first = 0
        self.latest = self._cursor

    async def listen(self) -> None:
        """Until the time or the number of events is reached, or the crawl is to stop.

        Raises:
            FetchError: the stream cannot be opened.
        """
        loop = asyncio.get_running_loop()
        try:
            async with open_web_socket(self._address, self._work.settings) as stream:
                end = loop.time() + self._seconds
                while self._goes_on() and (left := end - loop.time()) > 0:
                    try:
                        async with asyncio.timeout(min(left, _LOOK_UP_SECONDS)):
                            message = await stream.recv()
                    except TimeoutError:
                        continue
                    await self._take(message)
        except WebSocketException as error:
            # what was read stays read: the next crawl goes on from the last event
            text = f"the stream broke off after {self._events} events"
            self._work.tally.error = f"{text}: {' '.join(str(error).split())[:160]}"

    def complain(self) -> None:
        """A stream that is never silent was; or holds nothing that can be read; or lost a part."""
        tally = self._work.tally
        if not self._events:
            tally.error = tally.error or f"sent nothing in {self._seconds} s; is it a Jetstream?"
        elif self._unread * 2 >= self._events:
            tally.error = (
                f"{self._unread} of {self._events} events could not be read; has Jetstream changed?"
            )
            self.latest = self._cursor
        elif self._cursor and self._first > self._cursor + _GAP_US:
            hours = (self._first - self._cursor) / 3_600_000_000
            tally.error = f"the stream no longer holds {hours:.1f} hours since the last crawl"

    def _goes_on(self) -> bool:
        stopped = self._work.fetcher.stopping or self._work.writer.failure is not None
        return not stopped and self._fresh < self._most and self._kept < self._work.limit

    async def _take(self, message: str | bytes) -> None:
        self._events += 1
        event = _read_event(message)
        moment = part(event, "time_us")
        if not isinstance(moment, int) or not 0 < moment < 10**17 or not words(event, "kind"):
            self._unread += 1
            self._fresh += 1
            return
        self._fresh += moment > self._cursor
        self._first = self._first or moment
        self.latest = max(self.latest, moment)
        commit = part(event, "commit")
        written = words(commit, "operation") in {"create", "update"}
        if words(commit, "collection") != _COLLECTION or not written:
            return
        if not isinstance(part(commit, "record", "text"), str):
            self._unread += 1
        elif self._wanted.search(_everything_in(part(commit, "record"))):
            self._kept += moment > self._cursor
            await self._keep(event, message)

    async def _keep(self, event: Any, message: str | bytes) -> None:
        address = f"at://{words(event, 'did')}/{_COLLECTION}/{words(event, 'commit', 'rkey')}"
        body = message.encode("utf-8", "replace") if isinstance(message, str) else message
        kind = (("Content-Type", "application/json"),)
        received = Fetched(self._address, 200, kind, body, datetime.now(UTC))
        record = part(event, "commit", "record")
        if await self._is_known(address, record):
            # a search has its counts, which the stream does not know
            self._work.tally.find(address).end(Disposition.DUPLICATE)
            return
        await take_item(self._work, address, lambda: read_record(address, record, {}), received)

    async def _is_known(self, address: str, record: Any) -> bool:
        try:
            post = build_post(self._work, read_record(address, record, {}))
        except ValueError:
            return False
        known = (await self._work.find_records([post.id])).get(post.id)
        return known is not None and bool(known.post.reach)


def _address(url: str, cursor: int) -> str:
    parts = urlsplit(url)
    asked = {"wantedCollections": _COLLECTION}
    asked |= {"cursor": str(max(1, cursor - _REWIND_US))} if cursor else {}
    path = parts.path.rstrip("/") or "/subscribe"
    return f"{parts.scheme}://{parts.netloc}{path}?{urlencode(asked)}"


def _pattern(listed: str) -> re.Pattern[str]:
    """Whole words or phrases, in any case."""
    wanted = [re.escape(" ".join(each.split())) for each in listed.split(",") if each.strip()]
    if not wanted:
        raise SourceUnreadableError("option `words` names none, e.g. words=banjir,tanah longsor")
    return re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)


def _everything_in(record: Any) -> str:
    """Text and what pictures are said to show, on one line."""
    try:
        read = read_record(f"at://did:plc:x/{_COLLECTION}/x", record, {}).text
    except ValueError:
        read = ""
    return " ".join(read.split())


def _read_event(message: str | bytes) -> Any:
    try:
        return json.loads(message, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
