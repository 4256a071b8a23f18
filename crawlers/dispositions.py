"""What becomes of an item: every item found ends in exactly one of these, and all are counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Disposition(StrEnum):
    """The one end of one item."""

    STORED = "stored"
    STORED_LATER = "stored_later"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    REFUSED_ROBOTS = "refused_robots"
    REFUSED_ADDRESS = "refused_address"
    REFUSED_TOO_LARGE = "refused_too_large"
    REFUSED_NOT_HTML = "refused_not_html"
    REFUSED_TOO_SHORT = "refused_too_short"
    REFUSED_PAYWALL = "refused_paywall"
    REFUSED_GALLERY = "refused_gallery"
    REFUSED_VIDEO = "refused_video"
    REFUSED_TOO_MANY = "refused_too_many"
    REFUSED_OUTSIDE_SOURCE = "refused_outside_source"
    REFUSED_NOT_A_POST = "refused_not_a_post"
    REFUSED_NOT_RELEVANT = "refused_not_relevant"
    REFUSED_UNKNOWN_PLATFORM = "refused_unknown_platform"
    FAILED_HTTP = "failed_http"
    FAILED_NETWORK = "failed_network"
    FAILED_TIMEOUT = "failed_timeout"
    FAILED_PARSE = "failed_parse"
    FAILED_STORE = "failed_store"
    FAILED_NOT_REACHED = "failed_not_reached"

    @property
    def group(self) -> str:
        """The column it is added to in a report: its first word."""
        return self.value.partition("_")[0]


MEANINGS: Mapping[Disposition, str] = {
    Disposition.STORED: "new, and now in the record",
    Disposition.STORED_LATER: "kept on disk until the index is back, then in the record",
    Disposition.UPDATED: "known, and its words, counts or details have changed",
    Disposition.DUPLICATE: "known and unchanged",
    Disposition.REFUSED_ROBOTS: "robots.txt forbids it, or the site answers 5xx for robots.txt",
    Disposition.REFUSED_ADDRESS: "not http(s), or inside a private network",
    Disposition.REFUSED_TOO_LARGE: "bigger than crawl.max_body_bytes, packed or unpacked",
    Disposition.REFUSED_NOT_HTML: "a picture, a PDF or other file where a page was expected",
    Disposition.REFUSED_TOO_SHORT: "a page or post without enough text to be read",
    Disposition.REFUSED_PAYWALL: "only the teaser of an article for subscribers",
    Disposition.REFUSED_GALLERY: "a gallery with little to read",
    Disposition.REFUSED_VIDEO: "a video with little to read",
    Disposition.REFUSED_TOO_MANY: "beyond crawl.max_items_per_source; the next run goes on",
    Disposition.REFUSED_OUTSIDE_SOURCE: "on another site than the source's; see its option `sites`",
    Disposition.REFUSED_NOT_A_POST: "a notice of an app, or a post that is deleted or withheld",
    Disposition.REFUSED_NOT_RELEVANT: "not about the own region, as its source's option asks",
    Disposition.REFUSED_UNKNOWN_PLATFORM: "captured on a platform that cannot be read yet",
    Disposition.FAILED_HTTP: "the site answered with an error",
    Disposition.FAILED_NETWORK: "the site could not be reached, or broke off",
    Disposition.FAILED_TIMEOUT: "took longer than crawl.timeout_seconds",
    Disposition.FAILED_PARSE: "could not be read; the log names it",
    Disposition.FAILED_STORE: "the index did not take it; the next run tries again",
    Disposition.FAILED_NOT_REACHED: "the crawl ended before it, or the site asked to wait",
}
"""One line a disposition, for tables and the docs."""

SEEN = frozenset(
    {
        Disposition.STORED,
        Disposition.STORED_LATER,
        Disposition.UPDATED,
        Disposition.DUPLICATE,
    }
)
"""The source gave something that is in the record now."""

LASTING = frozenset(
    {
        Disposition.REFUSED_TOO_LARGE,
        Disposition.REFUSED_NOT_HTML,
        Disposition.REFUSED_TOO_SHORT,
        Disposition.REFUSED_PAYWALL,
        Disposition.REFUSED_GALLERY,
        Disposition.REFUSED_VIDEO,
        Disposition.REFUSED_OUTSIDE_SOURCE,
        Disposition.REFUSED_NOT_RELEVANT,
    }
)
"""Would end the same way tomorrow: not fetched again unless its feed says that it changed."""


UNREADABLE = frozenset({Disposition.REFUSED_TOO_SHORT, Disposition.FAILED_PARSE})
"""Fetched, and no article or post was found in it: many at once tell of a changed layout."""


def grouped(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by column: stored, updated, duplicate, refused, failed."""
    columns = dict.fromkeys(("stored", "updated", "duplicate", "refused", "failed"), 0)
    for value, count in counts.items():
        columns[Disposition(value).group] += count
    return columns
