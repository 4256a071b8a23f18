"""The ways of publishing that can be read, by the name that a source gives."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.connectors.options import (
    OptionCheck,
    a_channel,
    a_mapping,
    a_name,
    a_number,
    a_relevance,
    a_selector,
    a_zone,
    an_order,
    sites,
    yes_or_no,
)
from indices.documents import Source
from indices.errors import BadInputError
from indices.relevance import OPTION as RELEVANCE

if TYPE_CHECKING:
    from crawlers.work import SourceWork

Collect = Callable[["SourceWork"], Awaitable[Mapping[str, str]]]
"""Takes the items of one source to their ends; returns what to remember of it."""

_FEED_PATH = re.compile(r"/(?:feeds?|rss)(?:/|$)", re.IGNORECASE)
_OF_ALL: Mapping[str, OptionCheck] = {RELEVANCE: a_relevance}
"""What every connector's sources may set."""
_PAGE_OPTIONS: Mapping[str, OptionCheck] = {
    "sites": sites,
    "timezone": a_zone,
    "min_characters": a_number,
    "article_title": a_selector,
    "article_text": a_selector,
    "article_date": a_selector,
    "article_author": a_selector,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """One way of publishing; its code is imported only when it collects."""

    name: str
    collect_path: str
    meaning: str
    options: Mapping[str, OptionCheck] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    """Exactly one of these options must be given."""
    reads_files: bool = False
    hosts: tuple[str, ...] = ()
    """An address there is read by this connector, when nobody says otherwise."""
    platform: bool = False
    """People write there, not an outlet."""
    rationed: bool = False
    """What it is asked is counted, since it costs money or a daily quota."""
    check_address: OptionCheck | None = None
    example: str = ""
    """What follows `luruskan sources add`, for its help and errors."""

    def load(self) -> Collect:
        """The function that collects."""
        module, _, name = self.collect_path.partition(":")
        collect: Collect = getattr(import_module(module), name)
        return collect

    def check(self, source: Source) -> None:
        """Options and address, before anything is fetched.

        Raises:
            BadInputError: naming the option and what it may be.
        """
        for option, value in source.options.items():
            known_options = {**_OF_ALL, **self.options}
            if option not in known_options:
                known = ", ".join(sorted(known_options))
                raise BadInputError(
                    f"source {source.id}: connector {self.name} has no option {option!r}; "
                    f"it knows: {known}"
                )
            known_options[option](f"source {source.id}: option {option}", value)
        given = [option for option in self.one_of if source.options.get(option)]
        if self.one_of and len(given) != 1:
            wanted = " or ".join(f"-o {option}=..." for option in self.one_of)
            example = f", e.g. luruskan sources add {self.example}" if self.example else ""
            raise BadInputError(f"source {source.id}: give one of {wanted}{example}")
        if not self.reads_files and not source.url.lower().startswith(("http://", "https://")):
            raise BadInputError(f"source {source.id}: {source.url!r} is no http(s) address")
        if self.check_address is not None:
            self.check_address(f"source {source.id}", source.url)


CONNECTORS: Mapping[str, Connector] = {
    connector.name: connector
    for connector in (
        Connector(
            name="feed",
            collect_path="crawlers.connectors.feed:collect_feed",
            meaning="RSS, Atom, RDF or JSON Feed, then each entry's article page",
            options={**_PAGE_OPTIONS, "articles": yes_or_no},
        ),
        Connector(
            name="sitemap",
            collect_path="crawlers.connectors.sitemap:collect_sitemap",
            meaning="a (news) sitemap or sitemap index, then each new page",
            options={**_PAGE_OPTIONS, "days": a_number},
        ),
        Connector(
            name="page",
            collect_path="crawlers.connectors.page:collect_page",
            meaning="a listing page by CSS selectors, then each article; the last resort",
            options={
                **_PAGE_OPTIONS,
                "item": a_selector,
                "link": a_selector,
                "title": a_selector,
                "date": a_selector,
            },
            one_of=("item",),
        ),
        Connector(
            name="mastodon",
            collect_path="crawlers.connectors.mastodon:collect_mastodon",
            meaning="public posts of a hashtag, an account or a search on a Mastodon server",
            options={
                "hashtag": a_name,
                "account": a_name,
                "search": a_name,
                "boosts": yes_or_no,
                "replies": yes_or_no,
            },
            one_of=("hashtag", "account", "search"),
            platform=True,
            example="https://sosial.example -o hashtag=banjir",
        ),
        Connector(
            name="bluesky",
            collect_path="crawlers.connectors.bluesky:collect_bluesky",
            meaning="what a search on Bluesky finds, with the office's account",
            options={"search": a_name, "language": a_name},
            one_of=("search",),
            hosts=("bsky.app", "bsky.social"),
            platform=True,
            example="https://bsky.app -o search=banjir",
        ),
        Connector(
            name="jetstream",
            collect_path="crawlers.connectors.jetstream:collect_jetstream",
            meaning="Bluesky's public stream for a while: the posts that hold one of some words",
            options={"words": a_name, "seconds": a_number, "events": a_number},
            one_of=("words",),
            hosts=("bsky.network",),
            platform=True,
            example="https://jetstream2.us-east.bsky.network -o words=banjir,longsor",
        ),
        Connector(
            name="telegram",
            collect_path="crawlers.connectors.telegram:collect_telegram",
            meaning="a public channel on Telegram, by its preview pages",
            hosts=("t.me", "telegram.me"),
            platform=True,
            check_address=a_channel,
            example="https://t.me/kabarlembah",
        ),
        Connector(
            name="youtube",
            collect_path="crawlers.connectors.youtube:collect_youtube",
            meaning="videos of a search or a channel on YouTube, and comments",
            options={"search": a_name, "channel": a_name, "video": a_name, "comments": a_number},
            one_of=("search", "channel", "video"),
            hosts=("youtube.com", "youtu.be"),
            platform=True,
            rationed=True,
            example="https://www.youtube.com -o channel=@kabarlembah -o comments=5",
        ),
        Connector(
            name="x",
            collect_path="crawlers.connectors.x:collect_x",
            meaning="what a search on X finds of the last seven days, within a monthly budget",
            options={"search": a_name, "boosts": yes_or_no},
            one_of=("search",),
            hosts=("x.com", "twitter.com"),
            platform=True,
            rationed=True,
            example="https://x.com -o search='banjir lang:id'",
        ),
        Connector(
            name="file",
            collect_path="crawlers.connectors.file:collect_file",
            meaning="exports of platforms and chats, or any table: NDJSON, CSV, XLSX, WhatsApp",
            options={
                "platform": a_name,
                "columns": a_mapping,
                "mapping": a_name,
                "timezone": a_zone,
                "date_order": an_order,
                "min_characters": a_number,
            },
            reads_files=True,
        ),
    )
}


def get_connector(name: str) -> Connector:
    """The connector of that name.

    Raises:
        BadInputError: there is none.
    """
    if name not in CONNECTORS:
        raise BadInputError(f"no connector {name!r}; there are: {', '.join(sorted(CONNECTORS))}")
    return CONNECTORS[name]


def find_connector_for(url: str) -> str | None:
    """The connector that reads what stands on that host, where only one can; feeds stay feeds."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if _FEED_PATH.search(parts.path):
        return None
    host = (parts.hostname or "").removeprefix("www.")
    for connector in CONNECTORS.values():
        if any(host == each or host.endswith(f".{each}") for each in connector.hosts):
            return connector.name
    return None
