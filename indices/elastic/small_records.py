"""Sources, how crawls went, fact-checks, what became of claim groups: few and small, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from indices.codec import document_from_json, document_to_json
from indices.documents import (
    CrawlRun,
    CrawlState,
    FactCheck,
    GroupChange,
    GroupRuling,
    Source,
)
from indices.elastic.changes import Change, Create, Delete, Fields, Replace, Update, change
from indices.elastic.iteration import BY_ID, Sort, iter_fields
from indices.elastic.post_fields import microseconds
from indices.elastic.reading import read_sources
from indices.elastic.schema import Index
from indices.elastic.session import Session
from indices.queries import UpsertCounts
from indices.text import query_terms, terms

Document = TypeVar("Document", Source, CrawlRun, CrawlState, FactCheck, GroupRuling, GroupChange)
Clause = dict[str, Any]
OLDEST: Sort = ({"started_us": "asc"}, {"id": "asc"})


class Kind(StrEnum):
    """What a record is; the first half of its id in the index."""

    SOURCE = "source"
    CRAWL_RUN = "crawl-run"
    CRAWL_STATE = "crawl-state"
    FACT_CHECK = "fact-check"
    GROUP_RULING = "group-ruling"
    GROUP_CHANGE = "group-change"


def _fields(kind: Kind, id_: str, document: object, **searched: object) -> dict[str, Any]:
    return {"kind": kind.value, "id": id_, "document": document_to_json(document), **searched}


def _key(kind: Kind, id_: str) -> str:
    return f"{kind}/{id_}"


def source_fields(source: Source) -> dict[str, Any]:
    """A source and whether it is watched."""
    return _fields(Kind.SOURCE, source.id, source, enabled=source.enabled)


def crawl_run_fields(run: CrawlRun) -> dict[str, Any]:
    """A crawl of one source, found by source and time."""
    started = microseconds(run.started_at)
    return _fields(Kind.CRAWL_RUN, run.id, run, source_id=run.source_id, started_us=started)


def crawl_state_fields(state: CrawlState) -> dict[str, Any]:
    """What a connector remembers, by source."""
    return _fields(Kind.CRAWL_STATE, state.source_id, state)


def fact_check_fields(fact_check: FactCheck) -> dict[str, Any]:
    """A debunk, found by the words of title and claim."""
    words = " ".join(terms(f"{fact_check.title}\n{fact_check.claim}"))
    return _fields(Kind.FACT_CHECK, fact_check.id, fact_check, words=words)


def group_ruling_fields(ruling: GroupRuling) -> dict[str, Any]:
    """What a person said of two posts, found by time."""
    return _fields(Kind.GROUP_RULING, ruling.id, ruling, started_us=microseconds(ruling.ruled_at))


def group_change_fields(moved: GroupChange) -> dict[str, Any]:
    """What became of groups, found by time and by either group."""
    changed, groups = microseconds(moved.changed_at), [moved.from_group, moved.to_group]
    return _fields(Kind.GROUP_CHANGE, moved.id, moved, started_us=changed, groups=groups)


def put(session: Session, fields: dict[str, Any]) -> None:
    """Add or replace by id."""
    key = _key(fields["kind"], fields["id"])
    change(session, Index.RECORDS, [key], (), lambda _key, _stored: Replace(fields=fields))


def find(
    session: Session, kind: Kind, document_type: type[Document], document_id: str
) -> Document | None:
    """As it is this moment."""
    key = _key(kind, document_id)
    found = read_sources(session, Index.RECORDS, [key], ["document"])
    return document_from_json(document_type, found[key]["document"]) if key in found else None


def iterate(
    session: Session,
    kind: Kind,
    document_type: type[Document],
    filters: Sequence[Clause] = (),
    sort: Sort = BY_ID,
) -> Iterator[Document]:
    """All that match."""
    query = {"bool": {"filter": [{"term": {"kind": kind.value}}, *filters]}}
    for fields in iter_fields(session, Index.RECORDS, query, ("document",), sort):
        yield document_from_json(document_type, fields["document"])


def delete(session: Session, kind: Kind, document_id: str) -> bool:
    """True if there was one; searches see it at once."""

    def decide(_key: str, stored: Fields | None) -> Change | None:
        return None if stored is None else Delete()

    deleted = bool(change(session, Index.RECORDS, [_key(kind, document_id)], ("id",), decide))
    session.refresh(Index.RECORDS)
    return deleted


def build_run_filters(
    source_id: str | None, started_from: datetime | None, started_until: datetime | None
) -> list[Clause]:
    """From inclusive, until exclusive."""
    bounds = {}
    if started_from is not None:
        bounds["gte"] = microseconds(started_from)
    if started_until is not None:
        bounds["lt"] = microseconds(started_until)
    filters: list[Clause] = [{"range": {"started_us": bounds}}] if bounds else []
    if source_id is not None:
        filters.append({"term": {"source_id": source_id}})
    return filters


def upsert_fact_checks(session: Session, fact_checks: Sequence[FactCheck]) -> UpsertCounts:
    """Add or refresh; the time of first sight stays."""
    given = {_key(Kind.FACT_CHECK, item.id): item for item in fact_checks}

    def decide(key: str, stored: Fields | None) -> Change | None:
        fact_check = given[key]
        if stored is None:
            return Create(fields=fact_check_fields(fact_check))
        known = document_from_json(FactCheck, stored["document"])
        fact_check = replace(fact_check, collected_at=known.collected_at)
        return None if fact_check == known else Update(fields=fact_check_fields(fact_check))

    written = change(session, Index.RECORDS, given, ("document",), decide)
    created = sum(isinstance(end, Create) for end in written.values())
    return UpsertCounts(
        created=created,
        updated=len(written) - created,
        unchanged=len(given) - len(written),
    )


def search_fact_checks(session: Session, text: str, limit: int) -> list[FactCheck]:
    """Those that share a telling word, best first."""
    asked = query_terms(text)
    if not asked:
        return []
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.RECORDS),
            allow_partial_search_results=False,
            query={"match": {"words": " ".join(asked)}},
            sort=[{"_score": "desc"}, {"id": "asc"}],
            size=limit,
            source_includes=["document"],
        )
    found = answer["hits"]["hits"]
    return [document_from_json(FactCheck, hit["_source"]["document"]) for hit in found]
