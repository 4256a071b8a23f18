"""X: recent search of the API v2, never for more than the month's budget buys."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from crawlers.connectors.answers import listed, part, read_json, words
from crawlers.connectors.backwards import Page, Stretch, read_back
from crawlers.connectors.items import take_item
from crawlers.connectors.x_posts import FIELDS, read_x_post
from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched, KeyedCall
from crawlers.rations import Ration
from crawlers.work import SourceUnreadableError, SourceWork

_SMALLEST_PAGE, _LARGEST_PAGE = 10, 100
_REMEMBERED = timedelta(days=6, hours=23)
"""Recent search reaches seven days back; an id that is older is an error there."""
_LONGEST_WAIT_SECONDS = 86_400.0
_FIRST_ID_AT_MS = 1_288_834_974_657


async def collect_x(work: SourceWork) -> Mapping[str, str]:
    """Read back to the newest post of the last crawl, as far as the budget goes."""
    return await read_back(work, RecentSearch(work))


class RecentSearch:
    """Pages of a search; each is paid for before it is asked for."""

    def __init__(self, work: SourceWork) -> None:
        settings = work.settings.platforms
        self._work = work
        self._token = settings.x_bearer_token.get_secret_value()
        self._address = f"{settings.x_api}/tweets/search/recent"
        self._price = settings.x_rupiah_per_post
        self._ration = Ration(
            work=work,
            name="x",
            period=f"{work.clock.now():%Y-%m}",
            most=settings.x_monthly_rupiah,
        )
        if not self._token:
            raise SourceUnreadableError(
                "X answers only with a key: set platforms.x_bearer_token, what a post costs "
                "(platforms.x_rupiah_per_post), and what a month may cost"
            )

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """Count the price, ask, and give back what was not delivered."""
        if stretch.before and not self._is_remembered(stretch.before):
            return self._given_up(stretch)
        size = await self._affordable(most)
        if not await self._ration.take(self._cost(size)):
            raise self._spent()
        answer = await self._ask(self._query(stretch, cursor, size), self._cost(size))
        posts = self._posts(read_json(answer, "X"))
        delivered = sum(_is_post(post) for post in posts)
        await self._ration.give_back(self._cost(size) - self._cost(delivered))
        ids = sorted((post["id"] for post in posts if _is_post(post)), key=int)
        token = words(read_json(answer, "X"), "meta", "next_token")
        return Page(
            posts,
            answer,
            newest=ids[-1] if ids else "",
            oldest=ids[0] if ids else stretch.before,
            cursor=token if ids else "",
        )

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one post to its end; what X says it could not give is counted too."""
        name = f"https://x.com/i/status/{part(item, 'id') or '?'}"
        if part(item, "id") is None and words(item, "title"):
            ticket = self._work.tally.find(f"https://x.com {words(item, 'resource_id')[:100]}")
            ticket.end(Disposition.FAILED_HTTP, f"X gives no more: {words(item, 'title')[:200]}")
            return
        await take_item(self._work, name, lambda: read_x_post(item), fetched)

    async def _affordable(self, most: int) -> int:
        buys = math.floor(await self._ration.left() / self._price)
        if buys < _SMALLEST_PAGE:
            raise self._spent()
        return min(_LARGEST_PAGE, max(_SMALLEST_PAGE, most), buys)

    def _cost(self, posts: int) -> int:
        return math.ceil(posts * self._price)

    def _query(self, stretch: Stretch, cursor: str, size: int) -> str:
        query = self._work.source.options["search"]
        if not self._work.is_on("boosts", False) and "is:retweet" not in query:
            query = f"({query}) -is:retweet" if " " in query else f"{query} -is:retweet"
        asked = {"query": query, "max_results": str(size), "tweet.fields": FIELDS}
        asked |= {"next_token": cursor} if cursor else {}
        asked |= {"until_id": stretch.before} if stretch.before else {}
        if stretch.after and self._is_remembered(stretch.after):
            asked |= {"since_id": stretch.after}
        elif stretch.after:
            self._work.tally.error = (
                "the last crawl was more than seven days ago: X gives no post of the time between"
            )
        return urlencode(asked)

    async def _ask(self, query: str, cost: int) -> Fetched:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            return await self._work.fetcher.call(KeyedCall(f"{self._address}?{query}", headers))
        except FetchError as error:
            if error.status:  # X answered, and answered no post; else it may have delivered some
                await self._ration.give_back(cost)
            raise _explained(error) from error

    def _posts(self, answer: Any) -> list[Any]:
        errors = part(answer, "errors")
        errors = errors if isinstance(errors, list) else []
        if part(answer, "meta", "result_count") == 0 and part(answer, "data") is None:
            return errors
        if errors and part(answer, "data") is None:
            text = words(errors[0], "detail") or words(errors[0], "message") or "an error"
            raise SourceUnreadableError(f"X answers: {text[:200]}")
        return [*listed(answer, "data", "X"), *errors]

    def _given_up(self, stretch: Stretch) -> Page:
        self._work.tally.error = (
            "posts that an earlier crawl left are older than seven days: X gives them no more"
        )
        return Page((), Fetched(self._address, 200, (), b"", self._work.clock.now()))

    def _is_remembered(self, post: str) -> bool:
        if not post.isdecimal() or len(post) > 20:
            return False
        written_at = datetime.fromtimestamp(((int(post) >> 22) + _FIRST_ID_AT_MS) / 1000, UTC)
        return written_at > self._work.clock.now() - _REMEMBERED

    def _spent(self) -> FetchError:
        text = (
            f"what is left of this month's Rp {self._ration.most} does not buy "
            f"{_SMALLEST_PAGE} posts; raise platforms.x_monthly_rupiah or wait for the next month"
        )
        now = self._work.clock.now()
        next_month = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0)
        wait = min((next_month - now).total_seconds(), _LONGEST_WAIT_SECONDS)
        return FetchError(Disposition.FAILED_NOT_REACHED, text, retry_after_seconds=wait)


def _is_post(post: Any) -> bool:
    told = part(post, "id")
    return isinstance(told, str) and told.isascii() and told.isdecimal() and len(told) <= 20


_MENDS = {
    401: "platforms.x_bearer_token is wrong or was withdrawn; make a new one in X's console",
    402: "the office's credit at X is used up; buy more there, or disable the source",
    403: "the office's contract with X does not include recent search",
}


def _explained(error: FetchError) -> FetchError | SourceUnreadableError:
    if error.status in _MENDS:
        return SourceUnreadableError(f"X answers {error.status}: {_MENDS[error.status]}")
    if not error.status:
        return error
    try:
        answer = read_json(Fetched("", error.status, (), error.body, datetime.now(UTC)), "X")
    except SourceUnreadableError:
        return error
    told = words(answer, "title") or words(answer, "detail")
    detail = f"{error.detail} ({told[:160]})" if told else error.detail
    wait = error.retry_after_seconds
    return FetchError(error.disposition, detail, status=error.status, retry_after_seconds=wait)
