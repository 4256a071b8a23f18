"""The best of many rows, and pages that hold still: a page starts where the one before ended."""

from __future__ import annotations

import numpy as np

from indices.embedded.columns import Columns
from indices.embedded.matching import Matches

Position = tuple[int | float, str]
"""Score and post id of the last hit of a page."""


def best(found: Matches, count: int) -> Matches:
    """The rows with the highest scores, best first; equal ones in the order of arrival."""
    top = _top(found, count)
    order = np.lexsort((top.rows, -top.scores))[:count]
    return Matches(top.rows[order], top.scores[order])


def page_of(
    columns: Columns, found: Matches, limit: int, after: Position | None
) -> tuple[list[tuple[int, float]], bool]:
    """Rows and scores of one page, by score and then post id, and whether more follow."""
    top = _top(_behind(columns, found, after), limit + 1)
    scored = zip(top.rows.tolist(), top.scores.tolist(), strict=True)
    ordered = sorted(scored, key=lambda item: (-item[1], columns["id"][item[0]]))
    return ordered[:limit], len(ordered) > limit


def _behind(columns: Columns, found: Matches, after: Position | None) -> Matches:
    if after is None:
        return found
    score, post_id = after
    lower = found.scores < score
    for place in np.flatnonzero(found.scores == score):
        lower[place] = columns["id"][found.rows[place]] > post_id
    return Matches(found.rows[lower], found.scores[lower])


def _top(found: Matches, count: int) -> Matches:
    """At least the `count` best, and all that are as good as the last of them; in no order."""
    if len(found.rows) <= count:
        return found
    place = len(found.rows) - count
    kept = found.scores >= np.partition(found.scores, place)[place]
    return Matches(found.rows[kept], found.scores[kept])
