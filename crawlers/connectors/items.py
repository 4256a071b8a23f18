"""One post of a platform to one of ours: counted, its author a pseudonym, its counts checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawlers.dispositions import Disposition
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.moments import believable
from crawlers.pseudonyms import pseudonym
from crawlers.work import SourceWork
from indices.documents import Post
from indices.identity import canonical_url, post_id, text_hash

_HIGHEST_COUNT = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformItem:
    """What a platform says of one post."""

    platform: str
    reference: str
    """The platform's own name of the post."""
    url: str
    text: str
    title: str = ""
    account: str
    """What names its author there; only a pseudonym of it is kept."""
    published_raw: str = ""
    published_at: datetime | None = None
    """Where it is not what `published_raw` says as an ISO time."""
    language: str = ""
    reach: Mapping[str, int] = field(default_factory=dict)
    """As `counts` checks them."""


async def take_item(
    work: SourceWork, reference: str, build: Callable[[], PlatformItem], fetched: Fetched
) -> None:
    """The batch edge: a post that cannot be read ends as such, the rest goes on.

    Args:
        reference: names the post to a person, in the log.
        build: may raise `FetchError` for a post that is not to be taken.
    """
    ticket = work.tally.find(reference)
    try:
        item = build()
        if not item.text and not item.title:
            ticket.end(Disposition.REFUSED_TOO_SHORT, "has no text")
            return
        await work.add(build_post(work, item), fetched, ticket)
    except FetchError as error:
        ticket.end(error.disposition, error.detail)
    except Exception as error:  # noqa: BLE001 (one bad post never stops a source)
        if ticket.disposition is None:
            text = f"is not as the platform writes it ({type(error).__name__}: {error})"
            ticket.end(Disposition.FAILED_PARSE, text[:300])


def build_post(work: SourceWork, item: PlatformItem) -> Post:
    """The post as it is stored."""
    source, now = work.source, work.clock.now()
    key = work.settings.crawl.pseudonym_key.get_secret_value()
    return Post(
        id=post_id(item.platform, item.reference),
        source_id=source.id,
        source_kind=source.kind,
        platform=item.platform,
        url=item.url,
        canonical_url=canonical_url(item.url),
        title=item.title,
        text=item.text,
        author=pseudonym(item.account, key),
        published_at=believable(item.published_at or read_moment(item.published_raw), now),
        published_raw=item.published_raw[:100],
        collected_at=now,
        language=_language(item.language, source.language),
        region=source.region,
        reach=item.reach,
        text_hash=text_hash(item.title, item.text),
    )


def read_moment(raw: str) -> datetime | None:
    """An ISO time; without a zone it is UTC, as interfaces mean it."""
    try:
        parsed = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def count(value: Any) -> int:
    """A count as a number or in digits; 0 for whatever else stands there."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 12:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return value if 0 < value < _HIGHEST_COUNT else 0


def counts(**told: Any) -> dict[str, int]:
    """Those of the counts that are some."""
    return {name: number for name, value in told.items() if (number := count(value))}


def _language(told: str, default: str) -> str:
    short = told.lower()[:2]
    return short if len(short) == 2 and short.isascii() and short.isalpha() else default
