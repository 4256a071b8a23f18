"""Mastodon: the public posts of a hashtag or an account, read back to where the last crawl was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from crawlers.connectors.statuses import StatusReader, is_status
from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError, SourceWork

_PAGE_SIZE = 40
_MOST_PAGES = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Posts still to read: older than one id, newer than another."""

    before_id: str = ""
    after_id: str = ""


async def collect_mastodon(work: SourceWork) -> Mapping[str, str]:
    """Read what is new first, then what an earlier crawl had to leave; ids remember both."""
    timeline = Timeline(work, await _timeline_path(work))
    newest = work.memory.get("newest_id", "")
    left = await timeline.read(Stretch(after_id=newest))
    if timeline.room and work.memory.get("left_before_id"):
        resumed = Stretch(work.memory["left_before_id"], work.memory.get("left_after_id", ""))
        left = await timeline.read(resumed)
    elif left is None and work.memory.get("left_before_id"):
        left = Stretch(work.memory["left_before_id"], work.memory.get("left_after_id", ""))
    elif left is not None:
        left = Stretch(left.before_id, work.memory.get("left_after_id", left.after_id))
    await work.writer.flush()
    return _remember(work.memory, timeline.newest_id or newest, left)


def _remember(memory: Mapping[str, str], newest: str, left: Stretch | None) -> Mapping[str, str]:
    kept = {key: value for key, value in memory.items() if key == "account_id"}
    kept |= {"newest_id": newest} if newest else {}
    if left is not None:
        kept |= {"left_before_id": left.before_id, "left_after_id": left.after_id}
    return kept


async def _timeline_path(work: SourceWork) -> str:
    options = work.source.options
    if hashtag := options.get("hashtag", "").lstrip("#"):
        return f"/api/v1/timelines/tag/{quote(hashtag, safe='')}"
    account = options.get("account", "").lstrip("@")
    found = await _fetch_json(work, f"/api/v1/accounts/lookup?{urlencode({'acct': account})}")
    if not isinstance(found.values, dict) or not str(found.values.get("id", "")).isalnum():
        raise SourceUnreadableError(f"has no account {account!r}; check the option `account`")
    query = {"exclude_replies": str(not work.is_on("replies", True)).lower()}
    query["exclude_reblogs"] = str(not work.is_on("boosts", True)).lower()
    return f"/api/v1/accounts/{found.values['id']}/statuses?{urlencode(query)}"


class Timeline:
    """One timeline of a server, read backwards."""

    def __init__(self, work: SourceWork, path: str) -> None:
        self._work = work
        self._path = path
        self._reader = StatusReader(work)
        self.room = work.limit
        """How many more posts may be read now."""
        self.newest_id = ""

    async def read(self, stretch: Stretch) -> Stretch | None:
        """Read a stretch from its new end; returns what had to be left, None when nothing was."""
        before = stretch.before_id
        for number in range(_MOST_PAGES):
            try:
                page = await self._fetch_page(Stretch(before, stretch.after_id))
            except FetchError as error:
                if not number:
                    raise
                # what was read stays read: the next crawl goes on from here
                self._work.tally.error = f"stopped after {number} pages: {error.detail}"
                self.room = 0
                return Stretch(before, stretch.after_id)
            statuses = [each for each in page.values if is_status(each)]
            for status in page.values[: self.room]:
                await self._reader.take(status, page.fetched)
            self.room -= min(len(page.values), self.room)
            if statuses and not self.newest_id and not stretch.before_id:
                self.newest_id = str(statuses[0]["id"])
            older = _older_id(page.fetched, statuses)
            if not older or older == before:
                return None
            before = older
            if not self.room or self._work.writer.failure:
                return Stretch(before, stretch.after_id)
        return Stretch(before, stretch.after_id)

    async def _fetch_page(self, stretch: Stretch) -> JsonPage:
        query = {"limit": str(min(_PAGE_SIZE, max(1, self.room)))}
        query |= {"max_id": stretch.before_id} if stretch.before_id else {}
        query |= {"since_id": stretch.after_id} if stretch.after_id else {}
        joint = "&" if "?" in self._path else "?"
        page = await _fetch_json(self._work, f"{self._path}{joint}{urlencode(query)}")
        if not isinstance(page.values, list):
            raise SourceUnreadableError("does not answer as a Mastodon server does")
        return page


@dataclass(frozen=True, slots=True)
class JsonPage:
    """An answer of the server, read and raw."""

    values: Any
    fetched: Fetched


async def _fetch_json(work: SourceWork, path: str) -> JsonPage:
    try:
        fetched = await work.fetcher.fetch(work.source.url.rstrip("/") + path)
    except FetchError as error:
        if error.disposition is Disposition.FAILED_HTTP and "answers 40" in error.detail:
            text = f"{error.detail}; the server may show this to signed-in people only"
            raise FetchError(error.disposition, text, status=error.status) from error
        raise
    try:
        return JsonPage(json.loads(fetched.body), fetched)
    except (ValueError, RecursionError) as error:
        text = "does not answer with JSON; is it the address of a Mastodon server?"
        raise SourceUnreadableError(text) from error


def _older_id(fetched: Fetched, statuses: list[dict[str, Any]]) -> str:
    """Where the next page begins: as the Link header says, else below the oldest seen."""
    if not statuses:
        return ""
    for part in fetched.header("Link").split(","):
        address, _, rest = part.partition(">")
        if 'rel="next"' in rest:
            ids = parse_qs(urlsplit(address.strip(" <")).query).get("max_id", [])
            if ids and ids[0].isalnum():
                return ids[0]
    return str(statuses[-1]["id"])
