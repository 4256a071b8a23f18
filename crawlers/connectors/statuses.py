"""One Mastodon post: text out of HTML, boosts read as the post that was boosted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.connectors.answers import objects, words
from crawlers.connectors.items import PlatformItem, counts
from crawlers.dispositions import Disposition
from crawlers.extraction.plain import clean_lines, plain_text
from crawlers.fetching.errors import FetchError

_PUBLIC = {"public", "unlisted"}


def is_status(value: Any) -> bool:
    """It has the fields without which nothing can be said of it."""
    return (
        isinstance(value, dict)
        and str(value.get("id", "")).isalnum()
        and isinstance(value.get("account"), dict)
        and isinstance(value.get("content"), str)
    )


def read_status(told: Any, server: str) -> PlatformItem:
    """What it says.

    Raises:
        FetchError: it is not public.
        ValueError: it is no status.
    """
    status = _original(told)
    if str(status.get("visibility", "public")) not in _PUBLIC:
        raise FetchError(Disposition.REFUSED_OUTSIDE_SOURCE, "is not public")
    name = words(status, "uri")
    link = words(status, "url") or name
    return PlatformItem(
        platform="mastodon",
        reference=name or link or f"{server} {status['id']}",
        url=link,
        text=_text(status),
        account=_full_name(status, server),
        published_raw=words(status, "created_at"),
        language=words(status, "language"),
        reach=counts(
            likes=status.get("favourites_count"),
            shares=status.get("reblogs_count"),
            replies=status.get("replies_count"),
        ),
    )


def _original(status: Any) -> Mapping[str, Any]:
    """A boost is the post that was boosted: two boosts of one post are one post."""
    if not is_status(status):
        raise ValueError("id, account or content is missing")
    boosted = status.get("reblog")
    if boosted is None:
        return status  # type: ignore[no-any-return]
    if not is_status(boosted):
        raise ValueError("id, account or content of the boosted post is missing")
    return boosted  # type: ignore[no-any-return]


def _text(status: Mapping[str, Any]) -> str:
    """Warning, words, choices of a poll, and what pictures are said to show."""
    parts = [str(status.get("spoiler_text") or ""), plain_text(status["content"])]
    parts += [f"- {option.get('title', '')}" for option in objects(status, "poll", "options")]
    for attached in objects(status, "media_attachments"):
        if attached.get("description"):
            parts.append(f"[gambar: {' '.join(str(attached['description']).split())}]")
    return clean_lines("\n".join(parts))


def _full_name(status: Mapping[str, Any], server: str) -> str:
    """The same person on every server: `name@home`."""
    account = status["account"]
    address = words(account, "uri") or words(account, "url")
    return address or f"{words(account, 'acct')} {server}"
