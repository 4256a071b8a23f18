"""YouTube: the videos of a search or a channel, and comments, within a daily quota."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from crawlers.connectors.answers import listed, objects, part, words
from crawlers.connectors.backwards import Page, Stretch, read_back
from crawlers.connectors.items import read_moment, take_item
from crawlers.connectors.youtube_comments import Comments, read_comments
from crawlers.connectors.youtube_interface import YouTube, YouTubeRefusalError
from crawlers.connectors.youtube_items import is_id, read_video
from crawlers.dispositions import Disposition
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError, SourceWork

_PAGE_SIZE = 50
_OVERLAP = timedelta(hours=1)
"""Videos reach the search some time after they were published."""


async def collect_youtube(work: SourceWork) -> Mapping[str, str]:
    """Videos first, then the comments of the newest of them where the source asks for those."""
    options, youtube = work.source.options, YouTube(work)
    if video := options.get("video"):
        return await read_back(work, Comments(work, youtube, video))
    also: dict[str, str] = {}
    if options.get("search"):
        videos: VideoSearch | Uploads = VideoSearch(work, youtube)
    else:
        playlist = work.memory.get("uploads") or await _uploads_of(youtube, options["channel"])
        videos, also = Uploads(work, youtube, playlist), {"uploads": playlist}
    memory = await read_back(work, videos, also)
    return {**memory, **await read_comments(work, youtube, videos.seen)}


async def _uploads_of(youtube: YouTube, channel: str) -> str:
    named = channel.startswith("UC") and len(channel) == 24
    key = {"id": channel} if named else {"forHandle": f"@{channel.lstrip('@')}"}
    answer = await youtube.ask("channels", {"part": "contentDetails", **key})
    for found in objects(answer.values, "items"):
        uploads = words(found, "contentDetails", "relatedPlaylists", "uploads")
        if is_id(uploads):
            return uploads
    raise SourceUnreadableError(f"YouTube has no channel {channel!r}; check the option `channel`")


class _Videos:
    """Finds ids in one way or another, then asks for the videos themselves, fifty a unit."""

    def __init__(self, work: SourceWork, youtube: YouTube) -> None:
        self._work = work
        self._youtube = youtube
        self.seen: dict[str, str] = {}
        """Those of this crawl: when they were published, by id."""

    async def take(self, item: Any, fetched: Fetched) -> None:
        """Bring one video to its end; a plain id is one that YouTube shows no more."""
        name = item if isinstance(item, str) else words(item, "id") or "?"
        if isinstance(item, str):
            text = "was found, but is private or gone"
            self._work.tally.find(name).end(Disposition.REFUSED_OUTSIDE_SOURCE, text)
            return
        if is_id(name):
            self.seen[name] = _time(item, "snippet", "publishedAt")
        address = f"https://www.youtube.com/watch?v={name}"
        await take_item(self._work, address, lambda: read_video(item), fetched)

    async def _videos(self, ids: Sequence[str], found: Fetched) -> tuple[list[Any], Fetched]:
        wanted = list(dict.fromkeys(each for each in ids if is_id(each)))
        if not wanted:
            return [{} for _ in ids], found
        query = {"part": "snippet,statistics", "id": ",".join(wanted[:_PAGE_SIZE])}
        answer = await self._youtube.ask("videos", query)
        videos = listed(answer.values, "items", "YouTube")
        shown = {words(video, "id") for video in videos}
        unreadable: list[Any] = [{} for each in ids if not is_id(each)]
        return [*videos, *unreadable, *(i for i in wanted if i not in shown)], answer.fetched


class VideoSearch(_Videos):
    """Newest first; times are the marks."""

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """Published before a time, after another."""
        query = {
            "part": "snippet",
            "type": "video",
            "order": "date",
            "regionCode": "ID",
            "q": self._work.source.options["search"],
            "maxResults": str(min(_PAGE_SIZE, most)),
        }
        query |= {"publishedAfter": _shifted(stretch.after, -_OVERLAP)} if stretch.after else {}
        query |= {"publishedBefore": stretch.before} if stretch.before else {}
        query |= {"pageToken": cursor} if cursor else {}
        answer = await self._youtube.ask("search", query)
        results = listed(answer.values, "items", "YouTube")
        items, fetched = await self._videos(
            [words(each, "id", "videoId") for each in results], answer.fetched
        )
        times = sorted(time for each in results if (time := _time(each, "snippet", "publishedAt")))
        return Page(
            items,
            fetched,
            newest=times[-1] if times else "",
            oldest=_shifted(times[0], timedelta(seconds=1)) if times else stretch.before,
            cursor=words(answer.values, "nextPageToken") if results else "",
        )


class Uploads(_Videos):
    """A channel's own list of uploads, newest first; a page's token is the mark to go on from."""

    def __init__(self, work: SourceWork, youtube: YouTube, playlist: str) -> None:
        super().__init__(work, youtube)
        self._playlist = playlist

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """Until a page holds a video that is known."""
        token = cursor or stretch.before
        query = {"part": "contentDetails", "playlistId": self._playlist}
        query |= {"maxResults": str(min(_PAGE_SIZE, most))}
        try:
            answer = await self._youtube.ask(
                "playlistItems", query | ({"pageToken": token} if token else {})
            )
        except YouTubeRefusalError as error:
            if error.reason != "invalidPageToken" or cursor:
                raise
            answer = await self._youtube.ask("playlistItems", query)
        results = listed(answer.values, "items", "YouTube")
        times = [_time(each, "contentDetails", "videoPublishedAt") for each in results]
        fresh = [
            words(each, "contentDetails", "videoId")
            for each, time in zip(results, times, strict=True)
            if not time or time > stretch.after
        ]
        items, fetched = await self._videos(fresh, answer.fetched)
        older = words(answer.values, "nextPageToken") if len(fresh) == len(results) else ""
        return Page(items, fetched, newest=max(times, default=""), oldest=older, cursor=older)


def _time(result: Any, *names: str) -> str:
    told = part(result, *names)
    moment = read_moment(told) if isinstance(told, str) else None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _shifted(time: str, by: timedelta) -> str:
    moment = read_moment(time)
    return f"{moment + by:%Y-%m-%dT%H:%M:%SZ}" if moment else time
