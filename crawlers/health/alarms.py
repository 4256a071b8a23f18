"""Sources that failed, fell silent, outran their reading, or changed their layout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from crawlers.health.counting import (
    field_shares,
    last_new_at,
    readable_share,
    split_latest,
    usual_gap,
)
from crawlers.polling.due import find_schedule
from crawlers.recording.tally import TURNED_OVER
from indices.documents import CrawlRun
from indices.jobs import Alarm
from indices.store import Store

LOOK_BACK = timedelta(days=30)
_RUNS_COMPARED = 20
_RUNS_NEEDED = 3
_PAGES_NEEDED = 3
_PAST_NEEDED = 10
_DROP = 0.5
_SILENT_GAPS = 4
_SHORTEST_SILENCE = timedelta(days=1)
_FIELD_NAMES = {
    "title": "judul",
    "published_at": "waktu terbit",
    "author": "penulis",
    "text": "isi",
}


def raise_alarms(store: Store, runs: Sequence[CrawlRun]) -> tuple[Alarm, ...]:
    """One alarm at most for each source."""
    return tuple(alarm for run in runs if (alarm := _alarm(store, run)) is not None)


def _alarm(store: Store, run: CrawlRun) -> Alarm | None:
    earlier = list(
        store.iter_crawl_runs(
            source_id=run.source_id,
            started_from=run.started_at - LOOK_BACK,
            started_until=run.started_at,
        )
    )
    earlier = [each for each in earlier if each.finished_at and each.id != run.id]
    if run.error and find_schedule(store, run.source_id).paused_at:
        text = (
            f"Sumber {run.source_id} dijeda karena terus gagal: {run.error}. Perbaiki, lalu "
            f"`luruskan sources enable {run.source_id}`"
        )
        return Alarm(code="source_paused", text=text, about=run.source_id)
    if change := find_layout_change(run, earlier):
        text = f"Sumber {run.source_id} tampaknya berganti tata letak: {change}"
        return Alarm(code="layout_changed", text=text, about=run.source_id)
    if run.error:
        text = f"Sumber {run.source_id} tidak dapat dibaca: {run.error}"
        return Alarm(code="source_failed", text=text, about=run.source_id)
    if haste := find_turnover(run, earlier):
        text = f"Sumber {run.source_id}: {haste}"
        return Alarm(code="source_missed", text=text, about=run.source_id)
    if silence := find_silence(run, earlier):
        text = f"Sumber {run.source_id} diam: {silence}"
        return Alarm(code="source_silent", text=text, about=run.source_id)
    return None


def find_layout_change(run: CrawlRun, earlier: Sequence[CrawlRun]) -> str:
    """What of its pages is read no longer, against its own past; empty when all is as ever."""
    latest, past = split_latest([*earlier, run], _PAGES_NEEDED)
    share, pages = readable_share(latest)
    usual, pages_before = readable_share(past)
    if pages < _PAGES_NEEDED or pages_before < _PAST_NEEDED:
        return ""
    if share < usual - _DROP:
        return f"{share:.0%} halaman terbaca, biasanya {usual:.0%}"
    return _lost_field(latest, past)


def _lost_field(latest: Sequence[CrawlRun], past: Sequence[CrawlRun]) -> str:
    shares, _ = field_shares(latest)
    before, _ = field_shares(past)
    for name, usual in before.items():
        if shares.get(name, usual) < usual - _DROP:
            word = _FIELD_NAMES[name]
            return f"{word} ada pada {shares[name]:.0%} unggahan, biasanya {usual:.0%}"
    return ""


def find_turnover(run: CrawlRun, earlier: Sequence[CrawlRun]) -> str:
    """A feed of which nothing was known any more: it was read too seldom."""
    if not run.fields.get(TURNED_OVER):
        return ""
    read = [each.started_at for each in earlier if not each.error]
    gap = f" ({_hours(run.started_at - read[-1])} jam)" if read else ""
    return (
        f"jarak antar-bacaan terlalu panjang{gap}, mungkin ada yang terlewat: tidak satu pun butir "
        "yang dikenal masih ada di umpannya. Sumber ini dibaca lebih sering; bila terulang, "
        "jalankan `luruskan daily` lebih sering atau turunkan crawl.min_poll_minutes"
    )


def find_silence(run: CrawlRun, earlier: Sequence[CrawlRun]) -> str:
    """Nothing where something always was, or nothing new for far longer than usual."""
    whole = [each for each in earlier if not each.error]
    found = [each.found for each in whole[-_RUNS_COMPARED:]]
    usual = median(found) if len(found) >= _RUNS_NEEDED else 0.0
    if run.found == 0 and usual > 0:
        return f"0 butir, biasanya {usual:.0f} setiap kali dibaca"
    runs = [*earlier, run]
    gap, since = usual_gap(runs), last_new_at(runs)
    if gap is None or since is None:
        return ""
    silent_for = run.started_at - since
    if silent_for <= max(_SILENT_GAPS * gap, _SHORTEST_SILENCE):
        return ""
    return f"tidak ada yang baru selama {_hours(silent_for)} jam, biasanya tiap {_hours(gap)} jam"


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:.0f}" if span >= timedelta(hours=1) else "1"
