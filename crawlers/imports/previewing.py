"""What an import would do, shown before it is done: form, columns, counts and some posts."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from crawlers.connectors.columns import Columns
from crawlers.connectors.file import read_row, recognise_source
from crawlers.pseudonyms import without_names
from indices.documents import Post, Source
from indices.personal_data.masking import mask
from indices.settings import Settings

_ROWS = 10_000
_SHOWN = 5
_REFUSED_SHOWN = 5


@dataclass(slots=True)
class Preview:
    """A look at a file."""

    form: str
    description: str
    header: tuple[str, ...]
    mapping: dict[str, str]
    counts: Counter[str] = field(default_factory=Counter)
    """Posts, and what else rows would end as."""
    posts: list[Post] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    without_time: int = 0


def preview(source: Source, settings: Settings, now: datetime) -> Preview:
    """Read the first rows as an import would; nothing is stored.

    Raises:
        SourceUnreadableError: the file cannot be read.
    """
    file = recognise_source(source, settings)
    columns = Columns(source, settings, file)
    seen = Preview(file.form, file.description, file.header, columns.mapping)
    for row in islice(file.open_rows(), _ROWS):
        post, end, detail = read_row(columns, row, now)
        seen.counts["posts" if post else str(end)] += 1
        if post is None:
            seen.refused += [f"row {row.number}: {detail}"] * (len(seen.refused) < _REFUSED_SHOWN)
            continue
        seen.without_time += post.published_at is None
        if len(seen.posts) < _SHOWN:
            seen.posts.append(post)
    return seen


def iter_preview_lines(seen: Preview, settings: Settings) -> Iterator[str]:
    """For a terminal, times as in the office; names and personal data are hidden."""
    yield f"Recognised: {seen.description}"
    if seen.header:
        yield "Columns:"
        taken = {column: name for name, column in seen.mapping.items()}
        yield from (f"  {name:<24} {taken.get(name, '-')}" for name in seen.header if name)
    total = sum(seen.counts.values())
    counts = ", ".join(f"{name} {count}" for name, count in seen.counts.most_common())
    yield (
        f"First {total} rows: {counts or 'none'}" if total == _ROWS else f"Rows: {counts or 'none'}"
    )
    if seen.without_time:
        yield f"  {seen.without_time} posts without a time that can be read"
    yield from (f"  {line}" for line in seen.refused)
    for post in seen.posts:
        yield _post_line(post, settings)


def _post_line(post: Post, settings: Settings) -> str:
    zone = ZoneInfo(settings.office.timezone)
    at = post.published_at
    when = f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "no time"
    words = f"{post.title} {post.text}" if post.title != post.text else post.text
    key = settings.crawl.pseudonym_key.get_secret_value()
    shown = textwrap.shorten(mask(without_names(words, key)), 90, placeholder=" …")
    return f"  {when}  {post.platform:<9} {post.author or '-':<14}  {shown}"
