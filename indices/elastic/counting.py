"""How many posts carry each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indices.elastic.filters import build_query
from indices.elastic.schema import Index
from indices.elastic.session import Session
from indices.queries import CountField, PostQuery

MOST_VALUES = 10_000


def count_by(
    session: Session, query: PostQuery, fields: Sequence[CountField], timezone: str
) -> Mapping[CountField, Mapping[str, int]]:
    """See `Store.count_by`; the most frequent `MOST_VALUES` of each field."""
    if not fields:
        return {}
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.POSTS),
            allow_partial_search_results=False,
            query=build_query(query),
            aggs={field.value: _aggregation(field, timezone) for field in fields},
            size=0,
            track_total_hits=False,
        )
    return {field: _counts(answer["aggregations"][field.value]) for field in fields}


def count_having(session: Session, field: str, values: Sequence[str]) -> dict[str, int]:
    """How many posts have each of the values in a keyword field, for those that any has."""
    wanted = list(dict.fromkeys(values))
    if not wanted:
        return {}
    return count_most_frequent(session, field, {"terms": {field: wanted}}, len(wanted))


def count_most_frequent(
    session: Session, field: str, query: dict[str, Any], limit: int, *, at_least: int = 1
) -> dict[str, int]:
    """The most frequent values of a keyword field among matching posts; those alike by value."""
    order = [{"_count": "desc"}, {"_key": "asc"}]
    terms = {"field": field, "size": limit, "min_doc_count": at_least, "order": order}
    with session.calling() as client:
        answer = client.search(
            index=session.alias(Index.POSTS),
            allow_partial_search_results=False,
            query=query,
            aggs={field: {"terms": terms}},
            size=0,
            track_total_hits=False,
        )
    return _counts(answer["aggregations"][field])


def _aggregation(field: CountField, timezone: str) -> dict[str, Any]:
    if field is not CountField.DAY:
        return {"terms": {"field": field.value, "size": MOST_VALUES}}
    return {
        "date_histogram": {
            "field": "collected_at",
            "calendar_interval": "day",
            "time_zone": timezone,
            "format": "yyyy-MM-dd",
            "min_doc_count": 1,
        }
    }


def _counts(aggregation: Mapping[str, Any]) -> dict[str, int]:
    return {
        str(bucket.get("key_as_string", bucket["key"])): bucket["doc_count"]
        for bucket in aggregation["buckets"]
    }
