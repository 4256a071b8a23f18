"""From links to posts: what is known is not fetched again, the rest is fetched and read."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement as Element

from crawlers.dispositions import LASTING, SEEN, Disposition
from crawlers.entries import Entries, Entry, EntryMemory, Remembered
from crawlers.extraction.article import Article, read_article
from crawlers.extraction.errors import NotAPageError
from crawlers.extraction.genres import Genre
from crawlers.extraction.markup import parse_page
from crawlers.extraction.page import Page
from crawlers.extraction.paging import find_whole_article
from crawlers.extraction.selected import OPTIONS
from crawlers.extraction.sites import site_of
from crawlers.fact_checks import store_fact_checks
from crawlers.fetching.configuration import concurrency_per_host
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetched
from crawlers.moments import believable
from crawlers.recording.tally import TURNED_OVER, Ticket
from crawlers.work import SourceWork
from indices.documents import Post, SourceKind
from indices.errors import StoreError
from indices.identity import canonical_url, post_id, text_hash

_SHORTEST_TEXT = 60
"""Characters; an option `min_characters` of the source says otherwise."""
_HELD_AT_ONCE = 200

_NO_ARTICLES = {
    Genre.PAYWALL: Disposition.REFUSED_PAYWALL,
    Genre.GALLERY: Disposition.REFUSED_GALLERY,
    Genre.VIDEO: Disposition.REFUSED_VIDEO,
}


class PageCollector:
    """Takes the entries of one source to their ends."""

    def __init__(self, work: SourceWork, sites: frozenset[str]) -> None:
        self._work = work
        self._sites = sites
        self.memory = EntryMemory(work.memory)
        self._rule = work.rule.fingerprint(work.source)
        options = work.source.options
        self._selectors = {name: options[name] for name in OPTIONS if name in options}
        self._coming: Iterator[Entry] = iter(())
        self._queue: deque[tuple[Entry, Ticket]] = deque()
        self._one_reads = asyncio.Lock()
        self._fetching = 0
        self._shortest = int(work.source.options.get("min_characters", _SHORTEST_TEXT))

    async def collect(self, entries: Entries) -> None:
        """Every entry gets a ticket, and every ticket an end; some hundreds are held at a time."""
        self._work.tally.expected += len(entries)
        self._coming = iter(entries)
        workers = concurrency_per_host(self._work.settings)
        await asyncio.gather(*(self._drain() for _ in range(workers)))

    def tell_turnover(self) -> None:
        """Of a list that shows its newest links only: was it read often enough?"""
        self._work.tally.fields[TURNED_OVER] += self.memory.has_turned_over

    async def _drain(self) -> None:
        while self._work.writer.failure is None and (turn := await self._next()):
            await self._take(*turn)

    async def _next(self) -> tuple[Entry, Ticket] | None:
        async with self._one_reads:
            while not self._queue:
                batch = list(islice(self._coming, _HELD_AT_ONCE))
                if not batch:
                    return None
                self._queue.extend(await self._fresh(batch))
        return self._queue.popleft()

    async def _fresh(self, batch: Sequence[Entry]) -> list[tuple[Entry, Ticket]]:
        """Those to fetch; the others, and what goes beyond the limit, end here."""
        tickets = [(entry, self._work.tally.find(entry.url)) for entry in batch]
        fresh = await self._without_known(tickets)
        allowed = max(0, self._work.limit - self._fetching)
        self._fetching += len(fresh)
        for _, ticket in fresh[allowed:]:
            ticket.end(Disposition.REFUSED_TOO_MANY, f"more than {self._work.limit} new items")
        return fresh[:allowed]

    async def _without_known(
        self, tickets: Sequence[tuple[Entry, Ticket]]
    ) -> list[tuple[Entry, Ticket]]:
        remembered = {entry.key: self.memory.find(entry) for entry, _ in tickets}
        known = await self._known([*remembered, *(m.outcome for m in remembered.values() if m)])
        fresh = []
        for entry, ticket in tickets:
            before = remembered[entry.key]
            if self.memory.meets_again(entry):
                ticket.end(Disposition.DUPLICATE)
            elif site_of(entry.url) not in self._sites:
                ticket.end(Disposition.REFUSED_OUTSIDE_SOURCE, f"sites: {', '.join(self._sites)}")
            elif (end := self._settled(entry, before, known)) is not None:
                self.memory.keep(entry, before.outcome if before else entry.key)
                ticket.end(end, "as in an earlier crawl", known=True)
            else:
                fresh.append((entry, ticket))
        return fresh

    def _settled(
        self, entry: Entry, before: Remembered | None, known: set[str]
    ) -> Disposition | None:
        """How a link ends without being fetched; None when it must be fetched."""
        if before is None:
            return Disposition.DUPLICATE if entry.key in known else None
        if before.fingerprint != entry.fingerprint:
            return None
        if before.outcome in known:
            return Disposition.DUPLICATE
        ends = {self._lasting_end(disposition): disposition for disposition in LASTING}
        return ends.get(before.outcome)

    def _lasting_end(self, disposition: Disposition) -> str:
        """For the memory; what was left is looked at again when the rule has changed."""
        if disposition is not Disposition.REFUSED_NOT_RELEVANT:
            return str(disposition)
        return f"{disposition}/{self._rule}"

    async def _known(self, ids: Sequence[str]) -> set[str]:
        wanted = list(dict.fromkeys(ids))
        if self._work.source.kind is SourceKind.FACT_CHECKER:
            return {each for each in wanted if await self._work.find_fact_check(each)}
        return await self._work.known_ids(wanted)

    async def _take(self, entry: Entry, ticket: Ticket) -> None:
        """The batch edge: whatever one page does, it ends here."""
        try:
            await self._read(entry, ticket)
        except FetchError as error:
            ticket.end(error.disposition, error.detail)
        except NotAPageError as error:
            ticket.end(Disposition.REFUSED_NOT_HTML, str(error))
        except StoreError as error:
            self._work.writer.failure = self._work.writer.failure or error
            ticket.end(Disposition.FAILED_STORE, str(error))
        except Exception as error:  # noqa: BLE001 (one bad page never stops a source)
            ticket.end(Disposition.FAILED_PARSE, f"{type(error).__name__}: {error}"[:300])
        if ticket.disposition in LASTING:
            self.memory.keep(entry, self._lasting_end(ticket.disposition))
        elif ticket.disposition is not None and ticket.disposition not in SEEN:
            self.memory.keep_as_before(entry)

    async def _read(self, entry: Entry, ticket: Ticket) -> None:
        work = self._work
        fetched = await work.fetcher.fetch(entry.url)
        if site_of(fetched.url) not in self._sites:
            text = f"leads to {site_of(fetched.url)}; add it to the option `sites`"
            raise FetchError(Disposition.REFUSED_OUTSIDE_SOURCE, text)
        if work.source.kind is SourceKind.FACT_CHECKER:
            stored = await store_fact_checks(work, entry, fetched)
            self.memory.keep(entry, stored.first_id)
            ticket.end(stored.disposition)
            return
        fetched, article = await self._read_whole(fetched)
        self._refuse_no_article(article)
        post = build_post(work, entry, fetched, article)
        self.memory.keep(entry, post.id)
        await work.add(post, fetched, ticket)

    async def _read_whole(self, fetched: Fetched) -> tuple[Fetched, Article]:
        """The article; of one in parts all of them, where the page offers that."""
        tree = parse_page(fetched.body, fetched.header("Content-Type"))
        whole = find_whole_article(tree, fetched.url)
        article = self._article(fetched, tree)
        if not whole:
            return fetched, article
        try:
            all_parts = await self._work.fetcher.fetch(whole)
            tree = parse_page(all_parts.body, all_parts.header("Content-Type"))
            longer = self._article(all_parts, tree)
        except (FetchError, NotAPageError):
            return fetched, article  # the first part is better than nothing
        if len(longer.text) <= len(article.text) or site_of(all_parts.url) not in self._sites:
            return fetched, article
        return all_parts, longer

    def _article(self, fetched: Fetched, tree: Element) -> Article:
        page = Page(tree, fetched.url, self._work.zone, self._work.clock.now())
        return read_article(page, self._selectors)

    def _refuse_no_article(self, article: Article) -> None:
        if article.genre:
            text = f"{len(article.text)} characters of text"
            raise FetchError(_NO_ARTICLES[article.genre], text)
        if len(article.text) < self._shortest:
            text = f"{len(article.text)} characters of text; a drawn page, or a changed layout"
            raise FetchError(Disposition.REFUSED_TOO_SHORT, text)


def build_post(work: SourceWork, entry: Entry, fetched: Fetched, article: Article) -> Post:
    """The post of an article page; what the page does not say, the feed may."""
    source = work.source
    address = canonical_url(article.canonical_url) or canonical_url(fetched.url)
    title = article.title or entry.title
    now = work.clock.now()
    return Post(
        id=post_id("web", address),
        source_id=source.id,
        source_kind=source.kind,
        url=fetched.url,
        canonical_url=address,
        title=title,
        text=article.text,
        author=article.author or entry.author,
        published_at=believable(article.published_at, now) or believable(entry.published_at, now),
        published_raw=article.published_raw or entry.published_raw,
        collected_at=now,
        # most Indonesian sites leave their template's lang="en" as it came
        language=source.language,
        region=source.region,
        section=article.section or entry.section,
        text_hash=text_hash(title, article.text),
    )


def is_complete(work: SourceWork) -> bool:
    """Nothing failed, so that an unchanged feed need not be read again."""
    return all(name in SEEN or name in LASTING for name in work.tally.dispositions)
