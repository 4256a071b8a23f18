"""A listing page read by selectors: the last resort where a site has neither feed nor sitemap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from lxml.html import HtmlElement as Element

from crawlers.connectors.conditional import conditions, marks, unchanged
from crawlers.connectors.links import absolute
from crawlers.connectors.source_sites import allowed_sites
from crawlers.entries import MEMORY_KEY, Entry
from crawlers.extraction.dates import parse_date
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.markup import parse_page
from crawlers.extraction.selectors import first, select, text_of, written_time
from crawlers.fetching.fetcher import Fetched
from crawlers.pages import PageCollector, is_complete
from crawlers.work import SourceUnreadableError, SourceWork

_MOST_ITEMS = 1000


async def collect_page(work: SourceWork) -> Mapping[str, str]:
    """Read the listing, then the articles that it links to."""
    fetched = await work.fetcher.fetch(work.source.url, headers=conditions(work), accept=(304,))
    if fetched.status == 304:
        return unchanged(work)
    entries = read_listing(fetched, work.source.options, work.zone)
    collector = PageCollector(work, allowed_sites(work.source, fetched.url))
    await collector.collect(entries)
    collector.tell_turnover()
    await work.writer.flush()
    remembered = {MEMORY_KEY: collector.memory.dump()}
    return {**remembered, **marks(work, fetched)} if is_complete(work) else remembered


def read_listing(fetched: Fetched, options: Mapping[str, str], zone: tzinfo) -> list[Entry]:
    """The entries that the selectors `item`, `link`, `title` and `date` find.

    Raises:
        SourceUnreadableError: they find nothing, so that a changed layout is never a silent zero.
    """
    try:
        page = parse_page(fetched.body, fetched.header("Content-Type"))
    except NotAPageError as error:
        raise SourceUnreadableError(str(error)) from error
    items = select(page, options["item"])[:_MOST_ITEMS]
    if not items:
        raise SourceUnreadableError(
            f"holds nothing that option item={options['item']} selects; its layout has changed"
        )
    entries = [_entry(item, fetched.url, options, zone) for item in items]
    linked = {entry.url: entry for entry in reversed(entries) if entry.url}
    if not linked:
        raise SourceUnreadableError(
            "has items without links; name the link in them with option link=SELECTOR"
        )
    return list(linked.values())[::-1]


def _entry(item: Element, url: str, options: Mapping[str, str], zone: tzinfo) -> Entry:
    link = (
        item if item.tag == "a" and "link" not in options else first(item, options.get("link", "a"))
    )
    title = first(item, options["title"]) if "title" in options else link
    raw = written_time(first(item, options["date"])) if "date" in options else ""
    written = parse_date(raw, zone) if raw else None
    return Entry(
        url=absolute(url, str(link.get("href") or "")) if link is not None else "",
        title=text_of(title)[:1000],
        published_at=written.moment if written else None,
        published_raw=raw,
    )
