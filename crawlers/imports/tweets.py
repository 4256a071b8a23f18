"""A post of X as its web page gets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.dispositions import Disposition
from crawlers.imports.rows import NotAPostError

_WITHHELD = {"TweetTombstone", "TweetUnavailable"}


def read_tweet(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A repost is the post that was reposted; a quoted post follows the words about it."""
    tweet = _unwrapped(data)
    reposted = tweet["legacy"].get("retweeted_status_result")
    if reposted:
        tweet = _unwrapped(reposted["result"])
    legacy = tweet["legacy"]
    quoted = (tweet.get("quoted_status_result") or {}).get("result") or {}
    if quoted.get("__typename") in _WITHHELD:
        quoted = {}
    words = [_text(tweet), f"[kutipan] {_text(_unwrapped(quoted))}" if quoted else ""]
    return {
        "id": tweet.get("rest_id") or legacy["id_str"],
        "url": f"https://x.com/i/status/{tweet.get('rest_id') or legacy['id_str']}",
        "text": "\n".join(filter(None, words)),
        "author": _author(tweet),
        "published_at": legacy["created_at"],
        "language": legacy.get("lang", ""),
        "section": "iklan" if data.get("promoted") else "",
        "likes": legacy.get("favorite_count"),
        "shares": legacy.get("retweet_count"),
        "replies": legacy.get("reply_count"),
        "views": (tweet.get("views") or {}).get("count"),
    }


def _unwrapped(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """Some come with a note about who may see them."""
    if result.get("__typename") in _WITHHELD:
        raise NotAPostError(Disposition.REFUSED_NOT_A_POST, "is withheld by the platform")
    inner = result.get("tweet")
    return inner if isinstance(inner, Mapping) else result


def _text(tweet: Mapping[str, Any]) -> str:
    """The long form where there is one; links written out, those to its own media left out."""
    legacy = tweet["legacy"]
    note = ((tweet.get("note_tweet") or {}).get("note_tweet_results") or {}).get("result") or {}
    text = str(note.get("text") or legacy["full_text"])
    entities = legacy.get("entities") or {}
    for link in [
        *(entities.get("urls") or []),
        *((note.get("entity_set") or {}).get("urls") or []),
    ]:
        text = text.replace(link.get("url") or "\0", link.get("expanded_url") or "")
    for link in entities.get("media") or []:
        text = text.replace(link.get("url") or "\0", "")
    return text.strip()


def _author(tweet: Mapping[str, Any]) -> str:
    """By number, as X's interface gives it: names change, and both ways must agree."""
    return f"https://x.com/i/user/{tweet['core']['user_results']['result']['rest_id']}"
