"""Asking only for what changed: the marks of the last answer go with the next question."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.dispositions import Disposition
from crawlers.entries import EntryMemory
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceWork

_LONGEST_MARK = 500


def conditions(work: SourceWork) -> dict[str, str]:
    """Headers that let the site answer 304; marks of another address say nothing of this one."""
    memory = work.memory
    if memory.get("marked_url", work.source.url) != work.source.url:
        return {}
    asked = {"If-None-Match": memory.get("etag"), "If-Modified-Since": memory.get("modified")}
    return {name: value for name, value in asked.items() if value}


def marks(work: SourceWork, fetched: Fetched) -> dict[str, str]:
    """What to remember of an answer."""
    told = {"etag": fetched.header("ETag"), "modified": fetched.header("Last-Modified")}
    kept = {name: value for name, value in told.items() if value and len(value) < _LONGEST_MARK}
    return {**kept, "marked_url": work.source.url} if kept else {}


def unchanged(work: SourceWork) -> Mapping[str, str]:
    """The same items as last time: they are found again, and known."""
    for address in EntryMemory(work.memory).addresses():
        work.tally.find(address).end(Disposition.DUPLICATE)
    return work.memory
