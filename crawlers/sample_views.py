"""A sample as lines for a person, eighty columns wide, or as one line of JSON."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from crawlers.sampling import Sample, SampledItem
from indices.codec import document_to_dict, json_line

_WIDTH = 80


def sample_as_text(sample: Sample, timezone: str) -> str:
    """Address, counts, then a line for each item, and why one would be left out."""
    source, run = sample.source, sample.run
    beyond = f", {sample.beyond} more not fetched for this sample" if sample.beyond else ""
    head = [f"{source.id}: {source.connector} {source.url}"]
    left = f", {sample.left} left as not relevant" if sample.left else ""
    head.append(f"  found {run.found}: {sample.taken} would be taken{left}{beyond}")
    if run.error:
        head.append(f"  ! {run.error}")
    return "\n".join([*head, *(_item(item, ZoneInfo(timezone)) for item in sample.items)])


def sample_as_json(sample: Sample, timezone: str) -> str:
    """Everything that is known of it."""
    zone = ZoneInfo(timezone)
    items = []
    for item in sample.items:
        when = item.published_at.astimezone(zone).isoformat() if item.published_at else None
        items.append(document_to_dict(item) | {"published_at": when, "taken": item.taken})
    return json_line(
        {
            "source": sample.source.id,
            "url": sample.source.url,
            "found": sample.run.found,
            "taken": sample.taken,
            "left": sample.left,
            "error": sample.run.error or None,
            "items": items,
        }
    )


def _item(item: SampledItem, zone: ZoneInfo) -> str:
    if not item.taken:
        return f"  {item.disposition:<24} {item.url}\n      {item.detail}".rstrip()
    when = (
        f"{item.published_at.astimezone(zone):%Y-%m-%d %H:%M}" if item.published_at else "no time"
    )
    line = f"  {when:<16} {item.characters:>6} characters  {item.title}"
    line = line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
    return f"{line}\n      {item.detail}" if item.detail else line
