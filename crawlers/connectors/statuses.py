"""One Mastodon post to one of ours: text out of HTML, a pseudonym for its author."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from crawlers.dispositions import Disposition
from crawlers.extraction.plain import plain_text
from crawlers.fetching.fetcher import Fetched
from crawlers.moments import believable
from crawlers.pseudonyms import pseudonym
from crawlers.work import SourceWork
from indices.documents import Post
from indices.identity import canonical_url, post_id, text_hash

_PUBLIC = {"public", "unlisted"}


def is_status(value: Any) -> bool:
    """It has the fields without which nothing can be said of it."""
    return (
        isinstance(value, dict)
        and str(value.get("id", "")).isalnum()
        and isinstance(value.get("account"), dict)
        and isinstance(value.get("content"), str)
    )


class StatusReader:
    """Takes the statuses of one source to their ends."""

    def __init__(self, work: SourceWork) -> None:
        self._work = work

    async def take(self, status: Any, fetched: Fetched) -> None:
        """The batch edge: a status that cannot be read ends as such, the rest goes on."""
        name = str(status.get("id", "?")) if isinstance(status, dict) else type(status).__name__
        ticket = self._work.tally.find(f"{self._work.source.url} {name}")
        try:
            original = _original(status)
            if original.get("visibility", "public") not in _PUBLIC:
                ticket.end(Disposition.REFUSED_OUTSIDE_SOURCE, "is not public")
                return
            post = self._build(original)
            if not post.text:
                ticket.end(Disposition.REFUSED_TOO_SHORT, "has no text")
                return
            await self._work.add(post, fetched, ticket)
        except Exception as error:  # noqa: BLE001 (one bad status never stops a source)
            if ticket.disposition is None:
                text = f"is no status as Mastodon writes it ({type(error).__name__}: {error})"
                ticket.end(Disposition.FAILED_PARSE, text[:300])

    def _build(self, status: Mapping[str, Any]) -> Post:
        source, now = self._work.source, self._work.clock.now()
        text = _text(status)
        link = str(status.get("url") or status.get("uri") or "")
        key = self._work.settings.crawl.pseudonym_key.get_secret_value()
        return Post(
            id=post_id(
                "mastodon", str(status.get("uri") or link or f"{source.url} {status['id']}")
            ),
            source_id=source.id,
            source_kind=source.kind,
            platform="mastodon",
            url=link,
            canonical_url=canonical_url(link),
            text=text,
            author=pseudonym(_full_name(status, source.url), key),
            published_at=believable(_moment(str(status.get("created_at", ""))), now),
            published_raw=str(status.get("created_at", ""))[:100],
            collected_at=now,
            language=_language(status.get("language"), source.language),
            region=source.region,
            reach=_reach(status),
            text_hash=text_hash("", text),
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
    poll = status.get("poll")
    if isinstance(poll, dict):
        parts += [f"- {option.get('title', '')}" for option in poll.get("options") or []]
    for attached in status.get("media_attachments") or []:
        if isinstance(attached, dict) and attached.get("description"):
            parts.append(f"[gambar: {' '.join(str(attached['description']).split())}]")
    return "\n".join(part for part in parts if part.strip())


def _full_name(status: Mapping[str, Any], server: str) -> str:
    """The same person on every server: `name@home`."""
    account = status["account"]
    return str(account.get("uri") or account.get("url") or f"{account.get('acct', '')} {server}")


def _reach(status: Mapping[str, Any]) -> dict[str, int]:
    names = {"likes": "favourites_count", "shares": "reblogs_count", "replies": "replies_count"}
    counts = {ours: status.get(theirs) for ours, theirs in names.items()}
    return {
        name: count
        for name, count in counts.items()
        if isinstance(count, int) and 0 < count < 10**12
    }


def _moment(raw: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _language(told: Any, default: str) -> str:
    short = str(told or "").lower()[:2]
    return short if len(short) == 2 and short.isalpha() else default
