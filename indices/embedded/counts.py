"""Counting posts by what they carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from indices.embedded.columns import SEVERAL, Columns
from indices.embedded.connection import Database
from indices.embedded.matching import Rows
from indices.embedded.rows import EPOCH, batches, microseconds, places
from indices.queries import CountField

BATCH = 500
_DAY = 86_400_000_000
_FLAGGED = {-1: "unassessed", 0: "false", 1: "true"}


def count_values(columns: Columns, rows: Rows, field: CountField, timezone: str) -> dict[str, int]:
    """Value to number of posts, for the values that occur."""
    if field is CountField.DAY:
        return _by_day(columns["collected"][rows], ZoneInfo(timezone))
    if field is CountField.FLAGGED:
        codes, counts = np.unique(columns["flagged"][rows], return_counts=True)
        names = [_FLAGGED[code] for code in codes.tolist()]
        return dict(zip(names, counts.tolist(), strict=True))
    totals = np.bincount(columns[field.value][rows])
    values = columns.words[field.value].values
    if field is CountField.PLACE:
        return _each_counted(values, totals)
    return {values[code]: int(totals[code]) for code in np.flatnonzero(totals)}


def _each_counted(values: Sequence[str], totals: NDArray[np.int64]) -> dict[str, int]:
    """Counts of each value, where one text holds several."""
    counts: Counter[str] = Counter()
    for held, total in zip(values, totals.tolist(), strict=False):
        for value in filter(None, held.split(SEVERAL)) if total else ():
            counts[value] += total
    return dict(counts)


def _by_day(times: NDArray[np.int64], zone: ZoneInfo) -> dict[str, int]:
    """By local day: only the midnights around the days that occur are worked out."""
    near = {day + shift for day in np.unique(times // _DAY).tolist() for shift in (-1, 0, 1)}
    days = [(EPOCH + timedelta(days=day)).date() for day in sorted(near)]
    midnights = np.array([_midnight(day, zone) for day in days], np.int64)
    totals = np.bincount(np.searchsorted(midnights, times, side="right") - 1, minlength=len(days))
    return {day.isoformat(): int(total) for day, total in zip(days, totals, strict=False) if total}


def _midnight(day: date, zone: ZoneInfo) -> int:
    return microseconds(datetime.combine(day, time(), zone).astimezone(UTC))


def count_by_group(database: Database, table: str, group_ids: Sequence[str]) -> dict[str, int]:
    """How many posts each of the groups has in a table with a `group_id`."""
    counts: dict[str, int] = {}
    for batch in batches(dict.fromkeys(group_ids), BATCH):
        sql = f"""
            SELECT group_id, count(*) FROM {table}
            WHERE group_id IN ({places(len(batch))}) GROUP BY group_id
        """
        with database.reading() as connection:
            counts |= dict(connection.execute(sql, batch).fetchall())
    return counts
