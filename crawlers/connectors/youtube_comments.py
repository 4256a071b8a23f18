"""Comments on a video: threads newest first, each with its replies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawlers.connectors.answers import listed, objects, part, words
from crawlers.connectors.backwards import Page, Stretch
from crawlers.connectors.items import count, take_item
from crawlers.connectors.youtube_interface import YouTube, YouTubeRefusalError
from crawlers.connectors.youtube_items import is_id, read_comment
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError, SourceWork

_PAGE_SIZE = 100
_MOST_REPLY_PAGES = 20
_MOST_PAGES_A_VIDEO = 3
_NOT_TO_BE_HAD = frozenset({"commentsDisabled", "videoNotFound", "forbidden"})


@dataclass(frozen=True, slots=True)
class Told:
    """A comment, and the answer that holds it."""

    comment: Any
    replies: int
    fetched: Fetched


class Comments:
    """The threads of one video; times of threads and page tokens are the marks."""

    def __init__(self, work: SourceWork, youtube: YouTube, video: str) -> None:
        if not is_id(video):
            raise SourceUnreadableError(f"{video!r} is no id of a video; see v=... in its address")
        self._work = work
        self._youtube = youtube
        self._video = video

    async def fetch_page(self, stretch: Stretch, cursor: str, most: int) -> Page:
        """Threads until one is known, and their replies."""
        query = {
            "part": "snippet,replies",
            "videoId": self._video,
            "order": "time",
            "textFormat": "plainText",
            "maxResults": str(min(_PAGE_SIZE, most)),
        }
        token = cursor or stretch.before
        answer = await self._youtube.ask(
            "commentThreads", query | ({"pageToken": token} if token else {})
        )
        threads = listed(answer.values, "items", "YouTube")
        times = [words(each, *_TOP, "snippet", "publishedAt") for each in threads]
        fresh = [
            each
            for each, time in zip(threads, times, strict=True)
            if not time or time > stretch.after
        ]
        told = [each for thread in fresh for each in await self._thread(thread, answer.fetched)]
        older = words(answer.values, "nextPageToken") if len(fresh) == len(threads) else ""
        newest = max(times, default="")
        return Page(told, answer.fetched, newest=newest, oldest=token or older, cursor=older)

    async def take(self, item: Told, fetched: Fetched) -> None:
        """Bring one comment to its end."""
        name = f"{self._video} {words(item.comment, 'id') or '?'}"
        await take_item(
            self._work,
            name,
            lambda: read_comment(item.comment, self._video, item.replies),
            item.fetched,
        )

    async def _thread(self, thread: Any, fetched: Fetched) -> list[Told]:
        replies = count(part(thread, "snippet", "totalReplyCount"))
        told = [Told(part(thread, *_TOP), replies, fetched)]
        shown = objects(thread, "replies", "comments")
        if replies <= len(shown) or not is_id(part(thread, "id")):
            return told + [Told(each, 0, fetched) for each in shown]
        return told + await self._replies(words(thread, "id"))

    async def _replies(self, thread: str) -> list[Told]:
        query = {"part": "snippet", "parentId": thread, "textFormat": "plainText"}
        query |= {"maxResults": str(_PAGE_SIZE)}
        told: list[Told] = []
        for _ in range(_MOST_REPLY_PAGES):
            answer = await self._youtube.ask("comments", query)
            found = listed(answer.values, "items", "YouTube")
            told += [Told(each, 0, answer.fetched) for each in found]
            token = words(answer.values, "nextPageToken")
            if not token or token == query.get("pageToken"):
                break
            query["pageToken"] = token
        return told


_TOP = ("snippet", "topLevelComment")


async def read_comments(
    work: SourceWork, youtube: YouTube, seen: Mapping[str, str]
) -> Mapping[str, str]:
    """Option `comments=N`: the newest comments of the source's newest N videos.

    Args:
        seen: videos of this crawl, by id the time when they were published; those of earlier
            crawls are remembered, for a crawl that finds no new video has comments to read too.

    Returns:
        What to remember.
    """
    wanted = int(work.source.options.get("comments", "0"))
    if not wanted:
        return {}
    known = _read_memory(work.memory.get("comments", ""))
    times = {video: mark[0] for video, mark in known.items()} | dict(seen)
    newest = sorted(times, key=lambda video: times[video], reverse=True)[:wanted]
    marks = {video: (times[video], known.get(video, ("", ""))[1]) for video in newest}
    for video, (published, mark) in list(marks.items()):
        try:
            marks[video] = (published, await _read_newest(work, youtube, video, mark))
        except FetchError as error:
            if isinstance(error, YouTubeRefusalError) and error.reason in _NOT_TO_BE_HAD:
                continue
            work.tally.error = work.tally.error or f"comments are not complete: {error.detail}"
            break
    await work.writer.flush()
    return {"comments": json.dumps(marks)}


async def _read_newest(work: SourceWork, youtube: YouTube, video: str, known: str) -> str:
    comments, stretch = Comments(work, youtube, video), Stretch(after=known)
    newest, cursor = known, ""
    for _ in range(_MOST_PAGES_A_VIDEO):
        page = await comments.fetch_page(stretch, cursor, _PAGE_SIZE)
        for item in page.items:
            await comments.take(item, page.fetched)
        newest, cursor = max(newest, page.newest), page.cursor
        if not cursor or work.writer.failure or work.fetcher.stopping:
            break
    return newest


def _read_memory(text: str) -> dict[str, tuple[str, str]]:
    try:
        return {video: (str(time), str(mark)) for video, (time, mark) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}  # costs reading some comments again, nothing more
