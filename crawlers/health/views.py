"""Health as a table of eighty columns, as one source at length, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawlers.dispositions import MEANINGS, Disposition, grouped
from crawlers.health.measuring import SourceHealth, coverage
from indices.codec import document_to_json

_ROW = "{:<24} {:<8} {:>7} {:>8} {:>6} {:>6} {:>6} {:>7}"
_ORDER = ("paused", "failing", "changed", "missed", "silent", "new", "fine", "off")


def health_as_table(health: Sequence[SourceHealth], now: datetime) -> str:
    """The troubled ones first, and how much of what is watched was seen."""
    lines = [_ROW.format("source", "state", "read", "new", "usual", "found", "stored", "left out")]
    lines += [_row(each, now) for each in sorted(health, key=_by_trouble)]
    read, watched = coverage(health, now)
    lines.append("")
    lines.append(f"read in the last 24 hours: {read} of {watched} watched sources")
    return "\n".join(lines)


def health_as_json(health: SourceHealth) -> str:
    """One line."""
    return document_to_json(health)


def health_at_length(health: SourceHealth, now: datetime) -> str:
    """Everything that is known of one source."""
    lines = [f"{health.source_id} ({health.name}): {health.state}"]
    lines += [f"  {health.said}"] if health.said else []
    moments = {
        "last read": health.last_read_at,
        "last new item": health.last_new_at,
        "paused": health.paused_at,
    }
    lines += [f"  {name:<16} {_ago(when, now)} ago" for name, when in moments.items() if when]
    if health.usual_gap_hours is not None:
        lines.append(f"  {'usually new every':<16} {health.usual_gap_hours:g} h")
    if health.next_read_at is not None:
        lines.append(f"  {'next read':<16} {health.next_read_at:%Y-%m-%d %H:%M} UTC")
    late = f", too late {health.runs_too_late}" if health.runs_too_late else ""
    lines.append(f"  {'runs':<16} {health.runs}, failed {health.runs_failed}{late}")
    lines += [f"  {name:<16} {share:.0%} of posts" for name, share in health.fields.items()]
    lines += [
        f"  {name:<24} {count:>6}  {MEANINGS[Disposition(name)]}"
        for name, count in health.dispositions.items()
    ]
    return "\n".join(lines)


def _by_trouble(health: SourceHealth) -> tuple[int, str]:
    return _ORDER.index(health.state), health.source_id


def _row(health: SourceHealth, now: datetime) -> str:
    counts = grouped(health.dispositions)
    usual = "" if health.usual_gap_hours is None else _span(timedelta(hours=health.usual_gap_hours))
    return _ROW.format(
        _cut(health.source_id, 24),
        health.state,
        _ago(health.last_read_at, now),
        _ago(health.last_new_at, now),
        usual,
        health.found,
        health.new,
        counts["refused"] + counts["failed"],
    )


def _ago(moment: datetime | None, now: datetime) -> str:
    return "-" if moment is None else _span(now - moment)


def _span(span: timedelta) -> str:
    minutes = max(0, round(span.total_seconds() / 60))
    if minutes < 120:
        return f"{minutes} m"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // 1440} d"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
