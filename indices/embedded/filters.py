"""The filters of a query, over columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from indices.embedded.columns import NEVER, Columns
from indices.embedded.rows import microseconds
from indices.queries import PostQuery

Mask = NDArray[np.bool_]


def filtered(columns: Columns, query: PostQuery) -> Mask:
    """Which rows the filters let through; the words of the query are not looked at."""
    mask = np.ones(len(columns), np.bool_)
    for part in (*_values(columns, query), *_assessed(columns, query), *_times(columns, query)):
        mask &= part
    return mask


def _values(columns: Columns, query: PostQuery) -> Iterator[Mask]:
    wanted = {
        "source_id": query.source_ids,
        "source_kind": query.source_kinds,
        "platform": query.platforms,
        "language": query.languages,
        "region": query.regions,
        "topic": query.topics,
        "status": query.statuses,
        "case_id": query.case_ids,
    }
    for name, values in wanted.items():
        if values:
            words = columns.words[name]
            yield _chosen(columns, name, words.known(values))
    if query.places:
        yield _chosen(columns, "places", columns.words["places"].holding(query.places))


def _chosen(columns: Columns, name: str, codes: Sequence[int]) -> Mask:
    chosen = np.zeros(len(columns.words[name].values), np.bool_)
    chosen[codes] = True
    mask: Mask = chosen[columns[name]]
    return mask


def _assessed(columns: Columns, query: PostQuery) -> Iterator[Mask]:
    if query.flagged is not None:
        yield columns["flagged"] == query.flagged
    # An unassessed post's probability is no number, and compares false with everything.
    if query.minimum_probability is not None:
        yield columns["probability"] >= query.minimum_probability
    if query.maximum_probability is not None:
        yield columns["probability"] <= query.maximum_probability


def _times(columns: Columns, query: PostQuery) -> Iterator[Mask]:
    yield from _between(columns["collected"], query.collected_from, query.collected_until)
    if query.published_from or query.published_until:
        yield columns["published"] != NEVER
        yield from _between(columns["published"], query.published_from, query.published_until)


def _between(
    times: NDArray[np.int64], start: datetime | None, end: datetime | None
) -> Iterator[Mask]:
    if start is not None:
        yield times >= microseconds(start)
    if end is not None:
        yield times < microseconds(end)
