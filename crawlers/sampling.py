"""A few items of a source, read as a crawl reads them, into a record that is thrown away."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from crawlers.connectors import get_connector
from crawlers.dispositions import Disposition
from crawlers.fetching.fetcher import Fetcher
from crawlers.running import Choose, run_chosen_crawl
from indices.documents import CrawlRun, CrawlState, Source
from indices.embedded.store import EmbeddedStore
from indices.jobs import JobContext
from indices.locks import exclusive
from indices.places.table import FILE_NAME
from indices.settings import Settings
from indices.spending import is_ration
from indices.store import Store

_BEYOND = str(Disposition.REFUSED_TOO_MANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledItem:
    """One item: what would be stored of it, or why nothing would."""

    url: str
    title: str = ""
    published_at: datetime | None = None
    characters: int = 0
    author: str = ""
    disposition: str = str(Disposition.STORED)
    detail: str = ""
    """Why it would be left out, or kept where its source asks for a reason."""

    @property
    def taken(self) -> bool:
        """It would be stored."""
        return self.disposition == Disposition.STORED


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a source gives at this moment."""

    source: Source
    run: CrawlRun
    items: tuple[SampledItem, ...]

    @property
    def taken(self) -> int:
        """How many items would be stored."""
        return sum(item.taken for item in self.items)

    @property
    def left(self) -> int:
        """How many could be read, and are not about the own region."""
        return sum(item.disposition == Disposition.REFUSED_NOT_RELEVANT for item in self.items)

    @property
    def works(self) -> bool:
        """The source gives something that can be read."""
        return bool(self.taken or self.left)

    @property
    def beyond(self) -> int:
        """Found, but not fetched for the sample."""
        return self.run.dispositions.get(_BEYOND, 0)


class _ThrownAwayStore:
    """A store for one sample, except for what was asked of paid interfaces: that is spent."""

    def __init__(self, sample: EmbeddedStore, lasting: Store) -> None:
        self._sample = sample
        self._lasting = lasting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sample, name)

    def find_crawl_state(self, name: str) -> CrawlState | None:
        """A ration's count from the installation's record."""
        return (self._lasting if is_ration(name) else self._sample).find_crawl_state(name)

    def put_crawl_state(self, state: CrawlState) -> None:
        """A ration's count into the installation's record."""
        store = self._lasting if is_ration(state.source_id) else self._sample
        store.put_crawl_state(state)


def take_samples(context: JobContext, choose: Choose, *, items: int) -> list[Sample]:
    """Crawl a few items of the chosen sources; the installation's own record is not touched.

    Raises:
        AlreadyRunningError: a crawl goes on, and one of the sources has a ration to share with it.
    """
    with tempfile.TemporaryDirectory(prefix="luruskan-") as name, ExitStack() as held:
        home = Path(name)
        _take_places(context.settings.home, home)
        store = EmbeddedStore.open(home / "index.sqlite")
        alone = replace(
            context,
            store=cast("Store", _ThrownAwayStore(store, context.store)),
            settings=_settings(context.settings, home, items),
        )
        chosen: dict[str, Source] = {}

        async def remember(fetcher: Fetcher) -> Sequence[Source]:
            chosen.update({source.id: source for source in await choose(fetcher)})
            if any(get_connector(source.connector).rationed for source in chosen.values()):
                held.enter_context(exclusive(context.settings.home / "crawl.lock", "a crawl"))
            return list(chosen.values())

        try:
            runs = run_chosen_crawl(alone, remember, secrets.token_hex(6))
            return [_sample(store, home, chosen[run.source_id], run) for run in runs]
        finally:
            store.close()


def _take_places(installation: Path, home: Path) -> None:
    """What the office knows of places, since a post is kept or left by it."""
    with suppress(FileNotFoundError):
        shutil.copyfile(installation / FILE_NAME, home / FILE_NAME)


def _settings(settings: Settings, home: Path, items: int) -> Settings:
    crawl = settings.crawl.model_copy(update={"max_items_per_source": items})
    return settings.model_copy(update={"home": home, "elasticsearch_url": "", "crawl": crawl})


def _sample(store: EmbeddedStore, home: Path, source: Source, run: CrawlRun) -> Sample:
    return Sample(
        source=source,
        run=run,
        items=(*_posts(store, source), *_fact_checks(store, source), *_left_out(home, source)),
    )


def _posts(store: EmbeddedStore, source: Source) -> list[SampledItem]:
    posts = [record.post for record in store.iter_records() if record.post.source_id == source.id]
    return [
        SampledItem(
            url=post.url,
            title=post.title or post.text[:120],
            published_at=post.published_at,
            characters=len(post.text),
            author=post.author,
            detail=post.relevance,
        )
        for post in posts
    ]


def _fact_checks(store: EmbeddedStore, source: Source) -> list[SampledItem]:
    return [
        SampledItem(url=each.url, title=each.title, characters=len(each.text))
        for each in store.iter_fact_checks()
        if each.source_id == source.id
    ]


def _left_out(home: Path, source: Source) -> list[SampledItem]:
    path = home / "logs" / "crawl.ndjson"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    facts = [fact for line in lines if (fact := json.loads(line))["source"] == source.id]
    return [
        SampledItem(
            url=fact["item"], disposition=fact["disposition"], detail=fact.get("detail", "")
        )
        for fact in facts
        if fact.get("disposition", _BEYOND) != _BEYOND
    ]
