"""A new source from little more than its address: what was not said is guessed, then checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.connectors import CONNECTORS, find_connector_for, get_connector
from indices.documents import Source, SourceKind
from indices.errors import BadInputError

_SITEMAP = re.compile(r"sitemap[^/]*(?:\.xml|\.xml\.gz)?$", re.IGNORECASE)
_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_SAY_NOTHING = {"rss", "feed", "xml", ""}
_LONGEST_ID = 60


def read_options(pairs: Iterable[str]) -> dict[str, str]:
    """`KEY=VALUE` words.

    Raises:
        BadInputError: a word without `=`.
    """
    options = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark or not name.strip():
            raise BadInputError(f"option {pair!r} must be KEY=VALUE, e.g. -o hashtag=banjir")
        options[name.strip()] = value.strip()
    return options


def build_source(url: str, options: Mapping[str, str], given: Mapping[str, str]) -> Source:
    """The source, its connector's options and its address checked.

    Args:
        given: what a person said of `source_id`, `name`, `kind`, `connector` and `region`.

    Raises:
        BadInputError: naming what is wrong and what it may be.
    """
    _check_address(url)
    connector = given.get("connector") or guess_connector(url, options)
    if connector == "file":
        url = _existing_file(url)
    kind = given.get("kind")
    source = Source(
        id=given.get("source_id") or guess_id(url, options),
        name=given.get("name") or guess_name(url, options),
        kind=SourceKind(kind) if kind else guess_kind(url, connector),
        connector=connector,
        url=url,
        region=given.get("region", ""),
        options=dict(options),
    )
    check_source(source)
    return source


def with_free_id(source: Source, watched: Iterable[Source], *, given: bool) -> Source:
    """The source under an id that no watched one has; a number tells two of one address apart.

    Args:
        given: a person chose the id, so that it is kept or refused.

    Raises:
        BadInputError: the same is watched already, or the chosen id is taken.
    """
    others = {each.id: each for each in watched}
    for other in others.values():
        if (other.url, other.options) == (source.url, source.options):
            raise BadInputError(f"{source.url} is watched already as {other.id}")
    if source.id not in others:
        return source
    if given:
        raise BadInputError(f"source {source.id} is there already; choose another with --id")
    numbered = (f"{source.id[: _LONGEST_ID - 4]}-{number}" for number in range(2, 1000))
    return replace(source, id=next(each for each in numbered if each not in others))


def check_source(source: Source) -> None:
    """Its id, connector, options and address.

    Raises:
        BadInputError: naming what is wrong and what it may be.
    """
    if not _ID.match(source.id) or len(source.id) > _LONGEST_ID:
        raise BadInputError(f"id {source.id!r} must be lower-case words joined by hyphens")
    get_connector(source.connector).check(source)


def changed_source(
    before: Source, changes: Mapping[str, str], option_changes: Iterable[str]
) -> Source:
    """The source with other values; an option without a value is taken away.

    Raises:
        BadInputError: naming what is wrong and what it may be.
    """
    options = {**before.options, **read_options(option_changes)}
    given: dict[str, Any] = dict(changes)
    if "kind" in given:
        given["kind"] = SourceKind(given["kind"])
    options = {name: value for name, value in options.items() if value}
    after = replace(before, **given, options=options)
    check_source(after)
    return after


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        fault = "no host" if parts.scheme in {"http", "https"} and not parts.hostname else ""
    except ValueError as error:
        fault = str(error)
    if fault:
        raise BadInputError(f"{url!r}: is no address ({fault}); copy it from the browser again")


def guess_connector(url: str, options: Mapping[str, str]) -> str:
    """By its options, then by its address."""
    if by_host := find_connector_for(url):
        return by_host
    if {"hashtag", "account", "search"} & options.keys():
        return "mastodon"
    if not url.lower().startswith(("http://", "https://")):
        if "://" in url:
            raise BadInputError(f"{url!r}: only http and https addresses and files can be watched")
        return "file"
    return "sitemap" if _SITEMAP.search(urlsplit(url).path) else "feed"


def guess_kind(url: str, connector: str) -> SourceKind:
    """Government by its domain, platforms by their connector, else the press."""
    host = urlsplit(url).hostname or ""
    if connector in CONNECTORS and CONNECTORS[connector].platform:
        return SourceKind.PLATFORM
    if connector == "file":
        return SourceKind.COMMUNITY
    return SourceKind.GOVERNMENT if host.endswith((".go.id", ".desa.id")) else SourceKind.PRESS


def guess_name(url: str, options: Mapping[str, str]) -> str:
    """What is followed there, else host or file name."""
    return _followed(options) or _place(url)


def guess_id(url: str, options: Mapping[str, str]) -> str:
    """Host, and what tells two sources of one host apart."""
    parts = urlsplit(url)
    words = [_place(url), _followed(options)]
    if parts.hostname and not words[1]:
        words += [word for word in re.split(r"\W+", parts.path) if word.lower() not in _SAY_NOTHING]
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(words).lower()).strip("-")
    return slug[:_LONGEST_ID].strip("-") or "sumber"


def _followed(options: Mapping[str, str]) -> str:
    """What is followed on a platform, in the words of the option that says it."""
    names = ("hashtag", "account", "search", "channel", "video", "words")
    return next((options[name] for name in names if options.get(name)), "")


def _place(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.") or Path(url).stem


def _existing_file(path: str) -> str:
    file = Path(path.removeprefix("file://")).expanduser()
    if not file.is_file():
        raise BadInputError(f"{path}: no such file, and no http(s) address either")
    return str(file.resolve())
