"""Which posts have the words of a query, and how well.

Full-text search says which posts have a term; the score is worked out here, over columns. A
score that needs no look at every single post keeps a common word fast among very many posts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indices.embedded.columns import Columns
from indices.text import ALL_TERMS_UP_TO

Rows = NDArray[np.intp]
Scores = NDArray[Any]
"""float64; int64 where the sort value is a time."""

_TITLE_BOOST = 2.0
_LENGTH_WEIGHT = 0.75
_USUAL_LENGTH = 50.0
"""Terms of an ordinary post; a constant, so that scores hold still while posts are added."""
_COMMON = 0.1
"""A term in more than this share of posts only counts where no rarer ones are left."""
_MOST_TERMS = 16
_REMEMBERED = 64
# One long text instead of a row for each post: a common word is read four times as fast.
_MATCH = "SELECT group_concat(rowid, ' ') FROM post_words WHERE post_words MATCH ?"


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows of a snapshot with their scores, in no order."""

    rows: Rows
    scores: Scores


def matches(connection: sqlite3.Connection, columns: Columns, terms: Sequence[str]) -> Matches:
    """Posts with all the terms of a short query, or with any telling one of a long query."""
    if not terms:
        return Matches(np.zeros(0, np.intp), np.zeros(0))
    if len(terms) <= ALL_TERMS_UP_TO:
        return _with_all(connection, columns, terms)
    return matches_of_any(connection, columns, terms)


def matches_of_any(
    connection: sqlite3.Connection, columns: Columns, terms: Sequence[str]
) -> Matches:
    """Posts with any of the rarer terms; rare ones weigh more."""
    scores = np.zeros(len(columns))
    for term, frequency in _telling(connection, terms, len(columns)):
        rows = _rows(connection, columns, _quoted(term))
        scores[rows] += np.log1p((len(columns) - frequency + 0.5) / (frequency + 0.5))
    rows = np.flatnonzero(scores)
    return Matches(rows, scores[rows] * _brevity(columns, rows))


def _with_all(connection: sqlite3.Connection, columns: Columns, terms: Sequence[str]) -> Matches:
    expression = " AND ".join(map(_quoted, terms))
    rows = _rows(connection, columns, expression)
    titled = _rows(connection, columns, f"title : ({expression})")
    boosts = np.ones(len(columns))
    boosts[titled] = _TITLE_BOOST
    return Matches(rows, boosts[rows] * _brevity(columns, rows))


def _brevity(columns: Columns, rows: Rows) -> Scores:
    """The length part of BM25 for a term that occurs once."""
    lengths = columns["terms"][rows] / _USUAL_LENGTH
    scores: Scores = 2.2 / (1 + 1.2 * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths))
    return scores


def _telling(
    connection: sqlite3.Connection, terms: Sequence[str], post_count: int
) -> list[tuple[str, int]]:
    """The rarest terms that occur at all, with the number of posts that have them."""
    sql = "SELECT term, doc FROM post_terms WHERE term = ?"
    found = [row for term in terms if (row := connection.execute(sql, [term]).fetchone())]
    found.sort(key=lambda row: (row[1], row[0]))
    rare = [row for row in found if row[1] <= _COMMON * post_count]
    return (rare or found[:ALL_TERMS_UP_TO])[:_MOST_TERMS]


def _rows(connection: sqlite3.Connection, columns: Columns, expression: str) -> Rows:
    rows = columns.matched.get(expression)
    if rows is None:
        (text,) = connection.execute(_MATCH, [expression]).fetchone()
        numbers = np.fromstring(text, np.int64, sep=" ") if text else np.zeros(0, np.int64)
        if len(columns.matched) >= _REMEMBERED:
            columns.matched.clear()
        rows = columns.matched[expression] = columns.rows_of(numbers)
    return rows


def _quoted(term: str) -> str:
    return f'"{term}"'  # a term holds letters and digits only
