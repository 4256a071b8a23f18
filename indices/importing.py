"""Import of an export: what can be read goes in, what cannot is named by its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from indices.audit_sample.drawing import DrawnSample, append_sample, read_samples
from indices.documents import (
    CrawlRun,
    CrawlState,
    FactCheck,
    GroupChange,
    GroupMember,
    GroupRuling,
    PostRecord,
    Source,
)
from indices.drift_history import WeekOfPosts, append_week, read_drift
from indices.errors import BadInputError, DimensionMismatchError
from indices.exchange import Line, check_header, decode_line
from indices.ndjson import MAX_LINE_BYTES, iter_lines, parse_object
from indices.progress import ProgressBar
from indices.spending import is_ration, joined
from indices.store import FloatArray, Store

_BATCH = 500
_NAMES = {
    Source: "sources",
    CrawlState: "crawl states",
    FactCheck: "fact-checks",
    CrawlRun: "crawl runs",
    PostRecord: "posts",
    GroupMember: "group members",
    GroupRuling: "group rulings",
    GroupChange: "group changes",
    DrawnSample: "samples",
    WeekOfPosts: "weeks of drift",
}
_Numbered = tuple[int, Line]


@dataclass(slots=True)
class ImportReport:
    """What became of an import."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    """One message for each line that was left out."""


def import_lines(
    store: Store,
    stream: IO[bytes],
    bar: ProgressBar,
    *,
    home: Path | None = None,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> ImportReport:
    """Write every line that can be read; the same again changes nothing.

    Args:
        home: the data directory for the histories of samples and drift; without one they are
            counted and left.

    Raises:
        BadInputError: the file is no export, or one of a newer format.
    """
    report = ImportReport()
    lines = enumerate(iter_lines(stream, max_line_bytes), start=1)
    _, header = next(lines, (1, b""))
    check_header(_header(header))
    batch: list[_Numbered] = []
    for number, decoded in _decoded(lines, report, bar, max_line_bytes):
        if isinstance(decoded.document, DrawnSample | WeekOfPosts):
            _keep_history(decoded.document, home)
            report.counts[_NAMES[type(decoded.document)]] += 1
            continue
        batch.append((number, decoded))
        if len(batch) == _BATCH:
            _write(store, batch, report)
            batch = []
    _write(store, batch, report)
    return report


def _keep_history(document: DrawnSample | WeekOfPosts, home: Path | None) -> None:
    """One more line where the day or the week is not known yet."""
    if home is None:
        return
    if isinstance(document, DrawnSample):
        if document.drawn_on not in {drawn.drawn_on for drawn in read_samples(home)}:
            append_sample(home, document)
    elif document.week not in {known.week for known in read_drift(home)}:
        append_week(home, document)


def _header(line: bytes | None) -> dict[str, object]:
    try:
        return parse_object(line or b"")
    except BadInputError:
        return {}


def _decoded(
    lines: Iterator[tuple[int, bytes | None]],
    report: ImportReport,
    bar: ProgressBar,
    max_line_bytes: int,
) -> Iterator[_Numbered]:
    for number, line in lines:
        bar.advance()
        try:
            if line is None:
                raise BadInputError(f"is longer than {max_line_bytes:,} bytes; expected less")
            if line.strip():
                yield number, decode_line(parse_object(line))
        except BadInputError as error:
            report.refused.append(f"line {number}: {error}")


def _write(store: Store, batch: list[_Numbered], report: ImportReport) -> None:
    """Many at once; where the store refuses that, one by one to learn which line is at fault."""
    try:
        _write_all(store, [line for _, line in batch])
        report.counts.update(_NAMES[type(line.document)] for _, line in batch)
    except (BadInputError, DimensionMismatchError) as error:
        if len(batch) == 1:
            report.refused.append(f"line {batch[0][0]}: {error}")
            return
        for numbered in batch:
            _write(store, [numbered], report)


def _write_all(store: Store, lines: list[Line]) -> None:
    records, fact_checks, members = [], [], []
    for document in (line.document for line in lines):
        if isinstance(document, PostRecord):
            records.append(document)
        elif isinstance(document, FactCheck):
            fact_checks.append(document)
        elif isinstance(document, GroupMember):
            members.append(document)
        elif isinstance(document, GroupRuling):
            store.put_group_ruling(document)
        elif isinstance(document, GroupChange):
            store.put_group_change(document)
        elif isinstance(document, Source):
            store.put_source(document)
        elif isinstance(document, CrawlState):
            _put_state(store, document)
        elif isinstance(document, CrawlRun):
            store.put_crawl_run(document)
    store.upsert_fact_checks(fact_checks)
    store.put_records(records, _vectors(lines))
    store.put_members(members)


def _put_state(store: Store, state: CrawlState) -> None:
    """Replaces what was there, except a count of what was spent: an older one is not believed."""
    stored = store.find_crawl_state(state.source_id) if is_ration(state.source_id) else None
    kept = joined(stored, state) if is_ration(state.source_id) else state
    if kept is not stored:
        store.put_crawl_state(kept)


def _vectors(lines: list[Line]) -> dict[str, FloatArray]:
    return {
        line.document.post.id: line.vector
        for line in lines
        if isinstance(line.document, PostRecord) and line.vector is not None
    }
