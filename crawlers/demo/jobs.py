"""The job that opens the invented region's web and watches it."""

from __future__ import annotations

import atexit
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from crawlers.demo.web import DemoWeb
from indices.documents import CrawlState
from indices.jobs import JobContext, JobReport
from indices.places.table import FILE_NAME
from indices.store import Store

STATE_ID = "demo-web"
_FIRST_START = "first_start"


def open_demo_web(context: JobContext) -> JobReport:
    """Serve the invented sites from this process until it ends, and put their sources down."""
    web = DemoWeb(_first_start(context.store, context.now), context.settings.home)
    web.__enter__()
    _put_places(context.settings.home)
    atexit.register(web.__exit__, None, None, None)
    for source in web.sources:
        if context.store.find_source(source.id) != source:
            context.store.put_source(source)
    context.store.refresh()
    counts = {"sources": len(web.sources), "items": web.content.size}
    return JobReport(job="demo-web", counts=counts)


def _put_places(home: Path) -> None:
    """The invented region's own list of places."""
    content = files("crawlers.demo.content").joinpath("places.csv").read_bytes()
    (home / FILE_NAME).write_bytes(content)


def _first_start(store: Store, now: datetime) -> datetime:
    """When the demo first ran here: publication times hang on it and must never shift."""
    state = store.find_crawl_state(STATE_ID)
    if state is not None and _FIRST_START in state.values:
        return datetime.fromisoformat(state.values[_FIRST_START])
    stamp = now.replace(microsecond=0)
    values = {_FIRST_START: stamp.isoformat()}
    store.put_crawl_state(CrawlState(source_id=STATE_ID, values=values, updated_at=now))
    return stamp
