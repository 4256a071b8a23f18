"""One post of the X API v2: long posts whole, short links as what they lead to, no user name."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from crawlers.connectors.answers import objects, part, words
from crawlers.connectors.items import PlatformItem, count, counts
from crawlers.extraction.plain import clean_lines

FIELDS = "author_id,created_at,entities,lang,note_tweet,public_metrics"
"""Nothing is expanded: X bills every user and every quoted post that it adds."""


def read_x_post(post: Any) -> PlatformItem:
    """What it says.

    Raises:
        ValueError: id, text or author is missing.
    """
    number, author = words(post, "id"), words(post, "author_id")
    if not number.isdecimal() or not author or not isinstance(part(post, "text"), str):
        raise ValueError("id, text or author_id is missing")
    whole = part(post, "note_tweet") if words(post, "note_tweet", "text") else post
    shares = count(part(post, "public_metrics", "retweet_count"))
    quotes = count(part(post, "public_metrics", "quote_count"))
    return PlatformItem(
        platform="x",
        reference=number,
        url=f"https://x.com/i/status/{number}",
        text=clean_lines(unescape(_with_whole_links(whole))),
        account=f"https://x.com/i/user/{author}",
        published_raw=words(post, "created_at"),
        language=words(post, "lang"),
        reach=counts(
            likes=part(post, "public_metrics", "like_count"),
            shares=shares + quotes,
            replies=part(post, "public_metrics", "reply_count"),
            views=part(post, "public_metrics", "impression_count"),
        ),
    )


def _with_whole_links(told: Mapping[str, Any]) -> str:
    text = words(told, "text")
    for link in objects(told, "entities", "urls")[:100]:
        short, whole = words(link, "url"), words(link, "expanded_url")
        if short and whole.startswith(("http://", "https://")):
            text = text.replace(short, whole)
    return text
