"""The ways of publishing that can be read, by the name that a source gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from crawlers.connectors.options import OptionCheck, a_name, a_number, a_zone, sites, yes_or_no
from indices.documents import Source
from indices.errors import BadInputError

if TYPE_CHECKING:
    from crawlers.work import SourceWork

Collect = Callable[["SourceWork"], Awaitable[Mapping[str, str]]]
"""Takes the items of one source to their ends; returns what to remember of it."""

_PAGE_OPTIONS: Mapping[str, OptionCheck] = {
    "sites": sites,
    "timezone": a_zone,
    "min_characters": a_number,
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
            if option not in self.options:
                known = ", ".join(sorted(self.options)) or "none"
                raise BadInputError(
                    f"source {source.id}: connector {self.name} has no option {option!r}; "
                    f"it knows: {known}"
                )
            self.options[option](f"source {source.id}: option {option}", value)
        given = [option for option in self.one_of if source.options.get(option)]
        if self.one_of and len(given) != 1:
            wanted = " or ".join(f"-o {option}=..." for option in self.one_of)
            raise BadInputError(f"source {source.id}: give one of {wanted}")
        if not self.reads_files and not source.url.lower().startswith(("http://", "https://")):
            raise BadInputError(f"source {source.id}: {source.url!r} is no http(s) address")


CONNECTORS: Mapping[str, Connector] = {
    connector.name: connector
    for connector in (
        Connector(
            name="feed",
            collect_path="crawlers.connectors.feed:collect_feed",
            meaning="RSS, Atom or RDF, then each entry's article page",
            options={**_PAGE_OPTIONS, "articles": yes_or_no},
        ),
        Connector(
            name="sitemap",
            collect_path="crawlers.connectors.sitemap:collect_sitemap",
            meaning="a (news) sitemap or sitemap index, then each new page",
            options={**_PAGE_OPTIONS, "days": a_number},
        ),
        Connector(
            name="mastodon",
            collect_path="crawlers.connectors.mastodon:collect_mastodon",
            meaning="public posts of a hashtag or an account on a Mastodon server",
            options={
                "hashtag": a_name,
                "account": a_name,
                "boosts": yes_or_no,
                "replies": yes_or_no,
            },
            one_of=("hashtag", "account"),
        ),
        Connector(
            name="file",
            collect_path="crawlers.connectors.file:collect_file",
            meaning="posts exported as NDJSON or CSV",
            options={"platform": a_name, "columns": a_name, "timezone": a_zone},
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
