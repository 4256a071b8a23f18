"""Which sources are read now, and which wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawlers.connectors import CONNECTORS
from crawlers.polling.schedule import Schedule, read_schedule, without_schedule
from indices.documents import CrawlState, Source
from indices.store import Store


def find_schedule(store: Store, source_id: str) -> Schedule:
    """As the last crawl left it."""
    state = store.find_crawl_state(source_id)
    return read_schedule(state.values) if state else Schedule()


def due_sources(store: Store, sources: Iterable[Source], now: datetime) -> list[Source]:
    """Those whose time has come; files cost nothing and are always read."""
    return [
        source
        for source in sources
        if _is_file(source) or find_schedule(store, source.id).is_due(now)
    ]


def resume(store: Store, source_id: str, now: datetime) -> None:
    """End a pause: the next crawl reads the source."""
    state = store.find_crawl_state(source_id)
    if state is None:
        return
    schedule = read_schedule(state.values).resumed()
    values = {**without_schedule(state.values), **schedule.dump()}
    store.put_crawl_state(CrawlState(source_id=source_id, values=values, updated_at=now))


def _is_file(source: Source) -> bool:
    connector = CONNECTORS.get(source.connector)
    return connector is not None and connector.reads_files
