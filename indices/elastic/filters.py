"""A `PostQuery` in the server's query language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from indices.elastic.post_fields import microseconds
from indices.queries import PostQuery
from indices.text import ALL_TERMS_UP_TO, query_terms

Clause = dict[str, Any]
TITLE_BOOST = 2.0
MOST_TERMS = 16
"""Of a long query: the rarest, which are the ones that tell posts apart."""


def build_filters(query: PostQuery) -> list[Clause]:
    """Everything but the text: each clause narrows."""
    chosen: dict[str, Sequence[str]] = {
        "source_id": query.source_ids,
        "source_kind": query.source_kinds,
        "platform": query.platforms,
        "language": query.languages,
        "region": query.regions,
        "places": query.places,
        "topic": query.topics,
        "status": query.statuses,
        "case_id": query.case_ids,
    }
    filters: list[Clause] = [
        {"terms": {name: list(values)}} for name, values in chosen.items() if values
    ]
    if query.flagged is not None:
        filters.append({"term": {"flagged": "true" if query.flagged else "false"}})
    if query.minimum_probability is not None or query.maximum_probability is not None:
        filters.append(_probability(query.minimum_probability, query.maximum_probability))
    filters += _between("collected_us", query.collected_from, query.collected_until)
    filters += _between("published_us", query.published_from, query.published_until)
    return filters


def build_words(text: str) -> Clause | None:
    """All words of a short query, any telling one of a long one; None where nothing was asked."""
    if not text.strip():
        return None
    asked = query_terms(text)
    if not asked:
        return {"match_none": {}}
    if len(asked) > ALL_TERMS_UP_TO:
        return build_any(asked)
    fields = [f"title_words^{TITLE_BOOST}", "text_words"]
    one_each = [
        {"multi_match": {"query": term, "fields": fields, "type": "most_fields"}} for term in asked
    ]
    return {"bool": {"must": one_each}}


def build_any(asked: Sequence[str]) -> Clause:
    """Posts with any of the rarer terms; the server knows how rare each is."""
    return {
        "more_like_this": {
            "fields": ["title_words", "text_words"],
            "like": " ".join(asked),
            "min_term_freq": 1,
            "min_doc_freq": 1,
            "max_query_terms": MOST_TERMS,
            "minimum_should_match": 1,
        }
    }


def build_query(query: PostQuery) -> Clause:
    """Text and filters together."""
    words = build_words(query.text)
    clauses: Clause = {"filter": build_filters(query)}
    if words:
        clauses["must"] = [words]
    return {"bool": clauses}


def _probability(minimum: float | None, maximum: float | None) -> Clause:
    # Posts that no model has read stand below 0 and are in no range.
    bounds = {"gte": max(minimum or 0.0, 0.0)}
    if maximum is not None:
        bounds["lte"] = maximum
    return {"range": {"probability": bounds}}


def _between(name: str, start: datetime | None, end: datetime | None) -> list[Clause]:
    bounds = {}
    if start is not None:
        bounds["gte"] = microseconds(start)
    if end is not None:
        bounds["lt"] = microseconds(end)
    return [{"range": {name: bounds}}] if bounds else []
