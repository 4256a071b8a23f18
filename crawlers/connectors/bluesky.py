"""Bluesky: what a search finds, newest first, with the office's own account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from crawlers.connectors.answers import listed, objects, part, read_json, words
from crawlers.connectors.backwards import Page, Stretch, read_back
from crawlers.connectors.bluesky_records import read_record
from crawlers.connectors.bluesky_session import session_of
from crawlers.connectors.items import PlatformItem, count, counts, read_moment, take_item
from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceWork

_PAGE_SIZE = 100
_OVERLAP = timedelta(minutes=5)
"""Posts reach the search a little after they were written."""


async def collect_bluesky(work: SourceWork) -> Mapping[str, str]:
    """Read back to the newest post of the last crawl."""
    return await read_back(work, PostSearch(work))


class PostSearch:
    """`app.bsky.feed.searchPosts`: a cursor within a crawl, times from one crawl to the next."""

    def __init__(self, work: SourceWork) -> None:
        self._work = work
        self._session = session_of(work)

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """Posts until a time, since another."""
        options = self._work.source.options
        asked = {"q": options["search"], "sort": "latest", "limit": str(min(_PAGE_SIZE, most))}
        asked |= {"lang": options["language"]} if options.get("language") else {}
        asked |= {"since": _shifted(stretch.after, -_OVERLAP)} if stretch.after else {}
        asked |= {"until": stretch.before} if stretch.before else {}
        asked |= {"cursor": cursor} if cursor else {}
        fetched = await self._session.get("app.bsky.feed.searchPosts", asked)
        answer = read_json(fetched, "Bluesky")
        posts = listed(answer, "posts", "Bluesky")
        times = sorted(time for post in posts if (time := _sorted_at(post)))
        return Page(
            posts,
            fetched,
            newest=times[-1] if times else "",
            # `until` leaves out the time itself
            oldest=_shifted(times[0], timedelta(milliseconds=1)) if times else stretch.before,
            cursor=words(answer, "cursor") if posts else "",
        )

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one post to its end."""
        name = words(item, "uri") or f"{self._work.source.url} ?"
        await take_item(self._work, name, lambda: read_view(item), fetched)


def read_view(post: Any) -> PlatformItem:
    """A post as the search shows it: its record, and how often it was liked and passed on.

    Raises:
        FetchError: its author asks not to be shown outside Bluesky.
        ValueError: it is no post.
    """
    if any(
        words(label, "val") == "!no-unauthenticated" for label in objects(post, "author", "labels")
    ):
        text = "its author asks not to be shown outside Bluesky"
        raise FetchError(Disposition.REFUSED_OUTSIDE_SOURCE, text)
    shares = count(part(post, "repostCount")) + count(part(post, "quoteCount"))
    reach = counts(
        likes=part(post, "likeCount"),
        shares=shares,
        replies=part(post, "replyCount"),
    )
    return read_record(words(post, "uri"), part(post, "record"), reach)


def _sorted_at(post: Any) -> str:
    """What the search sorts by: when it was written, or seen where that is earlier."""
    told = (words(post, "record", "createdAt"), words(post, "indexedAt"))
    moments = [moment for each in told if (moment := read_moment(each))]
    return _written(min(moments)) if moments else ""


def _shifted(time: str, by: timedelta) -> str:
    moment = read_moment(time)
    return _written(moment + by) if moment else time


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
