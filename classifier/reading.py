"""Reads what people feed the commands: NDJSON posts line by line, and libraries of any make."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier.library import LibraryEntry
from indices.documents import Post, SourceKind
from indices.errors import BadInputError
from indices.identity import text_hash

LONGEST_LINE = 10_000_000
LONGEST_FIELD = 1_000_000
_CONTROLS = dict.fromkeys({*range(32)} - {9, 10, 13}, " ")
_EXAMPLE = 'write {"id": "1", "text": "..."}'


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be read, with what is wrong and how to mend it."""

    number: int
    message: str


@dataclass(frozen=True, slots=True)
class GivenPost:
    """A post, and its id as it was written: a number is answered as a number."""

    post: Post
    id: str | int


def iter_posts(lines: Iterable[bytes], now: datetime) -> Iterator[GivenPost | BadLine]:
    """A post or a complaint for every line that is not empty, in order."""
    for number, raw in enumerate(lines, start=1):
        if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            record = _record(raw)
            yield GivenPost(_post(record, now), record["id"])
        except BadInputError as error:
            yield BadLine(number, str(error))


@dataclass(frozen=True, slots=True)
class GivenLibrary:
    """What a library file holds, and its ids as they were written."""

    entries: list[LibraryEntry]
    ids: Mapping[str, str | int]
    bad_lines: list[BadLine]
    untitled: list[BadLine]
    """Rows that can be read and hold no id or no title: nothing to match with."""

    def id_as_given(self, id_: str) -> str | int:
        """A number is answered as a number."""
        return self.ids.get(id_, id_)


def read_library_file(path: Path) -> GivenLibrary:
    """Entries of a CSV or NDJSON file with `id` and `title`; url and verdict where given.

    Raises:
        BadInputError: it cannot be read, has no such columns, or no line of it can be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    if text.lstrip().startswith("["):
        raise BadInputError(f"{path}: is one JSON list; write one object on each line")
    is_ndjson = text.lstrip().startswith("{")
    rows = list(_iter_json_rows(text) if is_ndjson else _iter_csv_rows(path, text))
    bad_lines = [row for row in rows if isinstance(row, BadLine)]
    if rows and len(bad_lines) == len(rows):
        raise BadInputError(f"{path}: line {bad_lines[0].number}: {bad_lines[0].message}")
    read = [(_entry(row.fields), row) for row in rows if not isinstance(row, BadLine)]
    kept = [(entry, row) for entry, row in read if entry.id and entry.title]
    numbers = {e.id: row.fields["id"] for e, row in kept if type(row.fields.get("id")) is int}
    untitled = [
        BadLine(row.number, f"has no {'title' if entry.id else 'id'}; left out")
        for entry, row in read
        if not (entry.id and entry.title)
    ]
    return GivenLibrary([entry for entry, _ in kept], numbers, bad_lines, untitled)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    fields: dict[str, Any]


def _record(raw: bytes) -> dict[str, Any]:
    if len(raw) > LONGEST_LINE:
        raise BadInputError(f"longer than {LONGEST_LINE:,} bytes; shorten its text")
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInputError("not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"not JSON; {_EXAMPLE}") from error
    if not isinstance(record, dict):
        raise BadInputError(f"not a JSON object; {_EXAMPLE}")
    return record


def _post(record: dict[str, Any], now: datetime) -> Post:
    title, text = _text(record, "title"), _text(record, "text")
    if "text" not in record and "title" not in record:
        raise BadInputError(f"has no text; {_EXAMPLE}")
    return Post(
        id=_id(record),
        source_id="stdin",
        source_kind=_source_kind(record),
        platform=_text(record, "platform") or "web",
        url=_text(record, "url"),
        title=title,
        text=text,
        author=_text(record, "author"),
        published_at=_published_at(record),
        collected_at=now,
        text_hash=text_hash(title, text),
    )


def _id(record: dict[str, Any]) -> str:
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise BadInputError(f"id must be a text or a whole number; {_EXAMPLE}")
    if str(value) != _storable(str(value)):
        raise BadInputError(f"id holds a control character or half a character; {_EXAMPLE}")
    return str(value)


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInputError(f"{key} must be a text, not {type(value).__name__}; {_EXAMPLE}")
    return _storable(value)[:LONGEST_FIELD]


def _storable(text: str) -> str:
    """Without lone surrogates and control characters."""
    return text.encode("utf-8", "replace").decode().translate(_CONTROLS)


def _source_kind(record: dict[str, Any]) -> SourceKind:
    value = _text(record, "source_kind") or SourceKind.PLATFORM.value
    try:
        return SourceKind(value)
    except ValueError as error:
        kinds = ", ".join(kind.value for kind in SourceKind)
        raise BadInputError(f"source_kind {value[:40]!r} is unknown; use one of {kinds}") from error


def _published_at(record: dict[str, Any]) -> datetime | None:
    value = _text(record, "published_at")
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInputError(
            f"published_at {value[:40]!r} is no time; write 2025-07-01T08:00:00+07:00"
        ) from error


def _entry(row: dict[str, Any]) -> LibraryEntry:
    fields = {str(key).strip().lower(): value for key, value in row.items() if key is not None}
    id_, title, url, verdict = (
        " ".join(str(fields.get(key) if fields.get(key) is not None else "").split())
        for key in ("id", "title", "url", "verdict")
    )
    return LibraryEntry(id_, title, url, verdict)


def _iter_json_rows(text: str) -> Iterator[_Row | BadLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield BadLine(number, "not JSON; mend that line")
            continue
        if not isinstance(row, dict) or not {"id", "title"} <= {str(k).lower() for k in row}:
            yield BadLine(number, "needs id and title; mend that line")
        else:
            yield _Row(number, row)


def _iter_csv_rows(path: Path, text: str) -> Iterator[_Row | BadLine]:
    csv.field_size_limit(LONGEST_FIELD * 10)
    lines = list(io.StringIO(text, newline=""))
    first = lines[0] if lines else ""
    delimiter = max(",;\t|", key=first.count)
    quote = "'" if first.lstrip().startswith("'") else '"'
    names = next(csv.reader(lines[:1], delimiter=delimiter, quotechar=quote), [])
    if not {"id", "title"} <= {name.strip().lower() for name in names}:
        found = sorted(name.strip() for name in names if name.strip())
        raise BadInputError(
            f"{path}: needs the columns id and title in its first line; found"
            f" {', '.join(found)[:80] or 'none'}"
        )
    for row in _iter_csv_fields(lines, delimiter, quote):
        yield (
            row
            if isinstance(row, BadLine)
            else _Row(row[0], dict(zip(names, row[1], strict=False)))
        )


def _iter_csv_fields(
    lines: list[str], delimiter: str, quote: str
) -> Iterator[tuple[int, list[str]] | BadLine]:
    """Rows with their line's number; what an unclosed quote swallowed is read again without it."""
    at = 1
    while at < len(lines):
        remaining = (lines[each] for each in range(at, len(lines)))
        strict = csv.reader(remaining, delimiter=delimiter, quotechar=quote, strict=True)
        try:
            fields = next(strict)
        except csv.Error as error:
            if strict.line_num == 1 and lines[at].count(quote) % 2 == 0:  # 3,"Kabar" palsu
                yield at + 1, next(csv.reader([lines[at]], delimiter=delimiter, quotechar=quote))
            elif "field larger" in str(error):
                yield BadLine(at + 1, f"{error}; mend that line")
            else:
                yield BadLine(at + 1, f"opens a quote ({quote}) and does not close it; mend it")
            at += 1
        else:
            if any(fields):
                yield at + 1, fields
            at += strict.line_num
