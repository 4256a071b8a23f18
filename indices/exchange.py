"""Everything that the store holds as lines of JSON, and back: for backups and other offices.

The first line names the format. Then come sources, what connectors remember and paid interfaces
were asked for, fact-checks, crawl runs, and posts with their assessment, review and vector (base64
of little-endian float32), the claim group of each post, what people ruled of pairs and how groups
changed, the histories of samples and drift. An export, its import into an empty store and the
export of that are the same bytes.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from indices.audit_sample.drawing import DrawnSample, read_samples
from indices.codec import document_from_dict, document_to_dict, json_line
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
from indices.drift_history import WeekOfPosts, read_drift
from indices.errors import BadInputError
from indices.store import FloatArray, Store

FORMAT = 1
KINDS: Mapping[str, type[Any]] = {
    "source": Source,
    "crawl_state": CrawlState,
    "fact_check": FactCheck,
    "crawl_run": CrawlRun,
    "record": PostRecord,
    "group_member": GroupMember,
    "group_ruling": GroupRuling,
    "group_change": GroupChange,
    "drawn_sample": DrawnSample,
    "drift_week": WeekOfPosts,
}
_UNIT_TOLERANCE = 0.01
_MEMBERS_AT_ONCE = 500
Exchanged = (
    Source
    | CrawlState
    | FactCheck
    | CrawlRun
    | PostRecord
    | GroupMember
    | GroupRuling
    | GroupChange
    | DrawnSample
    | WeekOfPosts
)


@dataclass(frozen=True, slots=True)
class Line:
    """One decoded line."""

    document: Exchanged
    vector: FloatArray | None = None


def iter_export(store: Store, home: Path | None = None) -> Iterator[str]:
    """Lines without line ends, in an order that the same content always has.

    Args:
        home: the data directory, whose histories of samples and drift go along.

    Raises:
        StoreUnavailableError: before the first line, where the store is away from the start.
    """
    sources = list(store.iter_sources())
    yield json_line({"kind": "header", "format": FORMAT})
    for source in sources:
        yield _line("source", source)
    for state in store.iter_crawl_states():
        yield _line("crawl_state", state)
    for fact_check in store.iter_fact_checks():
        yield _line("fact_check", fact_check)
    for run in store.iter_crawl_runs():
        yield _line("crawl_run", run)
    ids = []
    for record in store.iter_records():
        ids.append(record.post.id)
        vector = store.find_vector(record.post.id)
        yield _line("record", record, **({} if vector is None else {"vector": _encoded(vector)}))
    yield from _iter_groups(store, ids)
    if home is not None:
        yield from (_line("drawn_sample", drawn) for drawn in reversed(read_samples(home)))
        yield from (_line("drift_week", week) for week in reversed(read_drift(home)))


def _iter_groups(store: Store, post_ids: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(post_ids), _MEMBERS_AT_ONCE):
        batch = post_ids[start : start + _MEMBERS_AT_ONCE]
        members = store.find_members(batch)
        yield from (_line("group_member", members[key]) for key in batch if key in members)
    for ruling in store.iter_group_rulings():
        yield _line("group_ruling", ruling)
    for change in store.iter_group_changes():
        yield _line("group_change", change)


def check_header(values: Mapping[str, Any]) -> None:
    """Refuse what is no export, or one of a newer format.

    Raises:
        BadInputError: saying which.
    """
    version = values.get("format")
    if values.get("kind") != "header" or not isinstance(version, int):
        raise BadInputError("is no Luruskan export: its first line must name the format")
    if version > FORMAT:
        raise BadInputError(
            f"was exported by a newer version (format {version}, this program knows {FORMAT});"
            " upgrade Luruskan"
        )


def decode_line(values: Mapping[str, Any]) -> Line:
    """What one line after the header says.

    Raises:
        BadInputError: naming the field and what was expected.
    """
    kind = values.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadInputError(f"kind: expected one of {', '.join(KINDS)}")
    document = document_from_dict(KINDS[kind], values.get("document"))
    if isinstance(document, PostRecord):
        _check_record(document)
        vector = values.get("vector")
        return Line(document, None if vector is None else _decoded(vector))
    _check_document(document)
    return Line(document)


def _line(kind: str, document: object, **more: str) -> str:
    return json_line({"kind": kind, "document": document_to_dict(document), **more})


def _encoded(vector: FloatArray) -> str:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def _decoded(text: object) -> FloatArray:
    try:
        blob = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError) as error:
        raise BadInputError("vector: expected base64") from error
    if not blob or len(blob) % 4:
        raise BadInputError("vector: expected base64 of float32 numbers")
    vector = np.frombuffer(blob, dtype="<f4").astype(np.float32)
    if not abs(float(np.linalg.norm(vector.astype(np.float64))) - 1) < _UNIT_TOLERANCE:
        raise BadInputError("vector: expected unit length")
    return vector


def _check_record(record: PostRecord) -> None:
    for part in (record.post, record.assessment, record.review):
        if part is not None:
            _check_document(part)
    for part in (record.assessment, record.review):
        if part is not None and part.post_id != record.post.id:
            raise BadInputError(f"{type(part).__name__}.post_id: expected {record.post.id!r}")
    if record.assessment and not 0 <= record.assessment.probability <= 1:
        raise BadInputError("Assessment.probability: expected a number from 0 to 1")
    if record.review and not 1 <= record.review.version < 2**31:
        raise BadInputError("Review.version: expected a number from 1 up")


def _check_document(document: Any) -> None:
    """What the types alone do not say: an id, and times with an offset."""
    for item in fields(document):
        value, place = getattr(document, item.name), f"{type(document).__name__}.{item.name}"
        if item.name in {"id", "post_id"} and not value:
            raise BadInputError(f"{place}: expected a name, not nothing")
        if isinstance(value, datetime) and value.utcoffset() is None:
            raise BadInputError(f"{place}: expected a time with an offset, e.g. ending in Z")
