"""One crawl from start to end: sources side by side, each with its tally, memory and report."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from crawlers.connectors import get_connector
from crawlers.dispositions import SEEN, Disposition
from crawlers.fetching.configuration import user_agent
from crawlers.fetching.errors import FetchError
from crawlers.fetching.fetcher import Fetcher
from crawlers.fetching.session import run_session
from crawlers.polling.failures import Failure, FailureClass, classify
from crawlers.polling.schedule import read_schedule, without_schedule
from crawlers.recording.evidence import EvidenceFile
from crawlers.recording.journal import Journal, open_journal
from crawlers.recording.privacy import Privacy
from crawlers.recording.tally import SourceTally
from crawlers.recording.writing import PostWriter, StoreThread
from crawlers.work import Clock, SourceUnreadableError, SourceWork
from indices.documents import CrawlRun, CrawlState, Source
from indices.errors import BadInputError, StoreError
from indices.jobs import JobContext
from indices.places.gazetteer import Gazetteer
from indices.places.table import load_gazetteer
from indices.progress import ProgressBar
from indices.relevance import RelevanceRule

_READ = SEEN | {Disposition.REFUSED_NOT_RELEVANT}
_SOURCES_AT_ONCE = 16


Choose = Callable[[Fetcher], Awaitable[Sequence[Source]]]
"""Says what to crawl, after a look at the web."""


def run_crawl(context: JobContext, sources: Sequence[Source], run_id: str) -> list[CrawlRun]:
    """Crawl these sources; how each went, in the order given."""

    async def choose(_: Fetcher) -> Sequence[Source]:
        return sources

    return run_chosen_crawl(context, choose, run_id)


def run_chosen_crawl(context: JobContext, choose: Choose, run_id: str) -> list[CrawlRun]:
    """Choose sources, then crawl them, all in the one session that a process can have.

    Raises:
        StoreError: the first one that the store raised; what was stored before stays.
    """
    settings = context.settings
    gazetteer = load_gazetteer(settings.home)
    evidence = EvidenceFile(settings.evidence_dir, run_id, user_agent(settings))
    thread = StoreThread()
    try:
        with (
            open_journal(settings.home, run_id) as journal,
            context.progress.bar("Crawling") as bar,
        ):
            crawl = Crawl(
                context=context,
                run_id=run_id,
                store_thread=thread,
                writer=PostWriter(context.store, thread, evidence, Privacy(settings.crawl)),
                journal=journal,
                bar=bar,
                gazetteer=gazetteer,
                rule=RelevanceRule(gazetteer, settings.relevance.keywords),
                clock=Clock(context.now),
            )
            run_session(settings, lambda fetcher: crawl.take_chosen(fetcher, choose))
    finally:
        thread.close()
        evidence.close()
    return [crawl.runs[source.id] for source in crawl.sources if source.id in crawl.runs]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a connector left behind: its memory, or why the source could not be read."""

    memory: Mapping[str, str] | None = None
    failure: Failure | None = None


@dataclass(slots=True, kw_only=True)
class Crawl:
    """What the sources of one crawl share."""

    context: JobContext
    run_id: str
    store_thread: StoreThread
    writer: PostWriter
    gazetteer: Gazetteer
    rule: RelevanceRule
    journal: Journal
    bar: ProgressBar
    clock: Clock
    sources: Sequence[Source] = ()
    tallies: list[SourceTally] = field(default_factory=list)
    runs: dict[str, CrawlRun] = field(default_factory=dict)
    """Those that have ended, by source id."""

    async def take_chosen(self, fetcher: Fetcher, choose: Choose) -> None:
        """Those that are chosen now."""
        self.sources = await choose(fetcher)
        await self.take_all(fetcher, self.sources)

    async def take_all(self, fetcher: Fetcher, sources: Sequence[Source]) -> None:
        """All sources, some at a time."""
        turns = asyncio.Semaphore(_SOURCES_AT_ONCE)
        flushing = asyncio.ensure_future(self.writer.flush_now_and_then())
        try:
            await asyncio.gather(*(self._take_turn(turns, fetcher, source) for source in sources))
        finally:
            flushing.cancel()
            with suppress(asyncio.CancelledError):
                await flushing
        if self.writer.failure is not None:
            raise self.writer.failure

    async def _take_turn(self, turns: asyncio.Semaphore, fetcher: Fetcher, source: Source) -> None:
        async with turns:
            if not fetcher.stopping and self.writer.failure is None:
                try:
                    await self._take(fetcher, source)
                except StoreError as error:
                    self.writer.failure = self.writer.failure or error

    async def _take(self, fetcher: Fetcher, source: Source) -> None:
        store, call = self.context.store, self.store_thread.call
        tally = self._open_tally(source)
        await call(store.put_crawl_run, tally.as_run())
        state = await call(store.find_crawl_state, source.id)
        before = state.values if state else {}
        collected = await self._collect(fetcher, source, tally, without_schedule(before))
        # every post is stored before the memory that says so
        await self.writer.flush()
        tally.end_open(Disposition.FAILED_NOT_REACHED, "the crawl ended before it")
        stopped = fetcher.stopping and bool(tally.dispositions[Disposition.FAILED_NOT_REACHED])
        if stopped:
            tally.error = tally.error or "the crawl was stopped before its end; the next goes on"
        tally.error = tally.error or _explain_empty(tally)
        if tally.error:
            self.journal.source(source.id, tally.error)
        run = self.runs[source.id] = tally.as_run(finished_at=self.clock.now())
        await call(store.put_crawl_run, run)
        # last, so that a crawl that is killed before this finds the source due again
        if self.writer.failure is None:
            values = self._remembered(before, collected, run, stopped=stopped)
            moment = self.clock.now()
            await call(
                store.put_crawl_state,
                CrawlState(source_id=source.id, values=values, updated_at=moment),
            )

    def _remembered(
        self, before: Mapping[str, str], collected: Collected, run: CrawlRun, *, stopped: bool
    ) -> dict[str, str]:
        """The connector's memory, and when the source is due; who was stopped is due at once."""
        memory = before if collected.memory is None else collected.memory
        schedule = read_schedule(before)
        if not stopped:
            failure = collected.failure
            if failure is None and run.error:
                failure = Failure(FailureClass.SOFT)
            schedule = schedule.after(run, failure, self.context.settings.crawl)
        return {**without_schedule(memory), **schedule.dump()}

    async def _collect(
        self, fetcher: Fetcher, source: Source, tally: SourceTally, memory: Mapping[str, str]
    ) -> Collected:
        """The batch edge: whatever one source does, the others go on."""
        try:
            connector = get_connector(source.connector)
            connector.check(source)
            work = self._build_work(fetcher, source, tally, memory)
            return Collected(memory=await connector.load()(work))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 (counted as the source's error, and logged)
            tally.error = _in_words(source, error)
            return Collected(failure=classify(error))

    def _build_work(
        self, fetcher: Fetcher, source: Source, tally: SourceTally, memory: Mapping[str, str]
    ) -> SourceWork:
        return SourceWork(
            source=source,
            memory=memory,
            settings=self.context.settings,
            fetcher=fetcher,
            store=self.context.store,
            store_thread=self.store_thread,
            writer=self.writer,
            gazetteer=self.gazetteer,
            rule=self.rule,
            tally=tally,
            clock=self.clock,
        )

    def _open_tally(self, source: Source) -> SourceTally:
        tally = SourceTally(
            run_id=self.run_id,
            source_id=source.id,
            started_at=self.clock.now(),
            journal=self.journal,
            on_advance=self._advance,
        )
        self.tallies.append(tally)
        return tally

    def _advance(self, amount: int) -> None:
        self.bar.resize(sum(max(tally.found, tally.expected) for tally in self.tallies))
        self.bar.advance(amount)


def _in_words(source: Source, error: Exception) -> str:
    if isinstance(error, BadInputError):
        return str(error)
    if isinstance(error, FetchError | SourceUnreadableError):
        return f"{source.url} {error}"
    return f"{source.url} could not be read: {type(error).__name__}: {error}"[:500]


def _explain_empty(tally: SourceTally) -> str:
    """A source whose every item was refused or failed is a source that cannot be read."""
    if not tally.found or any(name in _READ for name in tally.dispositions):
        return ""
    name, count = tally.dispositions.most_common(1)[0]
    return f"none of {tally.found} items could be taken: {name} {count}, see logs/crawl.ndjson"
