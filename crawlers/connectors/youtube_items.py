"""A video or a comment of YouTube as one of our posts; channels are named by a pseudonym."""

from __future__ import annotations

import re
from typing import Any

from crawlers.connectors.answers import part, words
from crawlers.connectors.items import PlatformItem, counts
from crawlers.extraction.plain import clean_lines

_ID = re.compile(r"^[\w.-]{1,120}$", re.ASCII)


def is_id(value: Any) -> bool:
    """It can be a part of an address."""
    return isinstance(value, str) and _ID.match(value) is not None


def read_video(video: Any) -> PlatformItem:
    """Title, description and counts.

    Raises:
        ValueError: id, title or channel is missing.
    """
    name, snippet = words(video, "id"), part(video, "snippet")
    channel, title = words(snippet, "channelId"), words(snippet, "title")
    if not is_id(name) or not channel or not title:
        raise ValueError("id, title or channelId is missing")
    language = words(snippet, "defaultAudioLanguage") or words(snippet, "defaultLanguage")
    return PlatformItem(
        platform="youtube",
        reference=name,
        url=f"https://www.youtube.com/watch?v={name}",
        title=" ".join(clean_lines(title).split()),
        text=clean_lines(words(snippet, "description")),
        account=f"https://www.youtube.com/channel/{channel}",
        published_raw=words(snippet, "publishedAt"),
        language=language,
        reach=counts(
            views=part(video, "statistics", "viewCount"),
            likes=part(video, "statistics", "likeCount"),
            replies=part(video, "statistics", "commentCount"),
        ),
    )


def read_comment(comment: Any, video: str, replies: Any = 0) -> PlatformItem:
    """Its text and how often it was liked and answered.

    Raises:
        ValueError: id or text is missing.
    """
    name, snippet = words(comment, "id"), part(comment, "snippet")
    text = words(snippet, "textOriginal") or words(snippet, "textDisplay")
    if not is_id(name) or not isinstance(snippet, dict) or "textDisplay" not in snippet:
        raise ValueError("id or textDisplay is missing")
    author = words(snippet, "authorChannelId", "value")
    return PlatformItem(
        platform="youtube",
        reference=f"{video} {name}",
        url=f"https://www.youtube.com/watch?v={video}&lc={name}",
        text=clean_lines(text),
        account=f"https://www.youtube.com/channel/{author}" if author else "",
        published_raw=words(snippet, "publishedAt"),
        reach=counts(likes=part(snippet, "likeCount"), replies=replies),
    )
