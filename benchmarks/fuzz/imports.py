"""Imports for the fuzz trial: captures, chats, and what every text goes through."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.fuzz import workbooks
from crawlers.connectors.columns import Columns
from crawlers.connectors.file import read_row, recognise_source
from crawlers.extraction.plain import plain_text
from crawlers.imports.chat_lines import find_order, moment_of, parse_line
from crawlers.imports.chat_messages import ChatMessage, read_message
from crawlers.imports.rows import Recognised
from crawlers.imports.workbooks import Book
from crawlers.pseudonyms import without_names
from indices.documents import Post, Source, SourceKind
from indices.personal_data.masking import mask
from indices.settings import CrawlSettings, Settings

_OUR_FAULT = re.compile(r"[A-Z]\w+(?:Error|Exception|Iteration): ")
_NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
_MEMORY = Path("/dev/shm")
_FOLDER = tempfile.TemporaryDirectory(
    prefix="luruskan-fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None
)
_GIVEN = Path(_FOLDER.name, "kiriman")
_SOURCE = Source(
    id="impor", name="Impor", kind=SourceKind.PLATFORM, connector="file", url=str(_GIVEN)
)
_SETTINGS = Settings(home=Path("/nonexistent"), crawl=CrawlSettings(pseudonym_key="kunci-uji"))
_FILE = Recognised(form="ndjson", description="", open_rows=lambda: iter(()))
_COLUMNS = Columns(_SOURCE, _SETTINGS, _FILE)
_MEDIA = {
    "code": "DSxyz12345", "taken_at": 1795000000, "user": {"username": "warga.sarang"},
    "caption": {"text": "Air PDAM Sarang keruh"}, "like_count": 7, "comment_count": 2,
}  # fmt: skip
_TWEET = {
    "rest_id": "199", "core": {"user_results": {"result": {"rest_id": "9"}}},
    "views": {"count": "5"},
    "legacy": {"full_text": "Jembatan &amp; jalan https://t.co/a", "favorite_count": 3,
               "created_at": "Thu Nov 26 02:30:00 +0000 2026",
               "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://a.id"}]}},
}  # fmt: skip
_VIDEO = {
    "id": "7594065677489687830", "desc": "Banjir @Ani", "createTime": 1795000000,
    "author": {"uniqueId": "ani"}, "stats": {"diggCount": 1, "playCount": 9},
    "textExtra": [{"start": 7, "end": 11, "userUniqueId": "ani"}],
    "stickersOnItem": [{"stickerText": ["Awas"]}],
}  # fmt: skip
CAPTURES = tuple(
    json.dumps({"source_platform": platform, "data": data}).encode()
    for platform, data in (
        ("x.com", _TWEET), ("tiktok.com", _VIDEO), ("instagram.com", _MEDIA),
        ("threads.com", _MEDIA),
    )
)  # fmt: skip
CHAT = (
    "\u200e[26/11/26 10.30.15] Ani: \u200e<terlampir: 1-PHOTO.jpg>\nAwas air beracun, sebarkan\n"
    "11/26/26, 9:30\u202fAM - +62 812-5501-7788: @\u2068Budi\u2069 Diteruskan\n<Media omitted>\n"
).encode()
TABLE = (
    b"Tanggal;Nama Pelapor;Isi Aduan;Tautan;Suka\n"
    b'26/11/2026 10.30;Ani;"Air ""PDAM"" keruh;\nbau";https://k.example/1;7\n'
    b"27-11-2026;Budi;=cmd() jalan rusak;;banyak\n"
)
ROWS = (
    b'{"id": "1", "text": "Air keruh", "created_at": 1795000000, "author": "ani"}\n'
    b'{"__import_meta": {"source_platform": "x.com"}, "nav_index": "1", "data": {"rest_id": "9"}}\n'
)
WORKBOOKS = (
    workbooks.SHEET, workbooks.SHEET, workbooks.SHEET, workbooks.SHEET, workbooks.STRINGS,
    workbooks.STYLES, workbooks.pack(),
)  # fmt: skip
TEXTS = (
    b"NIK 6474011503900002, rek BRI 0023 0104 5566 508, WA 0812-5501-7788, plat KT 1234 AB",
    b"tinggal di Jl. Sejati Gg. Damai RT 08 No. 3 @ani x.com/ani Forwarded from Ani",
)


def read_capture(body: bytes) -> Any:
    """The post of one captured item."""
    try:
        item = json.loads(body)
    except RecursionError as error:  # as the reader of lines answers it
        raise ValueError("is nested too deep") from error
    if not isinstance(item, dict):
        raise ValueError("is no object")
    return _COLUMNS.build(item, _NOW)


def read_chat(body: bytes) -> Any:
    """Times and messages of a chat."""
    starts = list(filter(None, map(parse_line, body.decode("utf-8", "replace").splitlines())))
    first = find_order(starts).first
    return [(str(moment_of(line, first, UTC)), _said(read_message(line.rest))) for line in starts]


def read_file(body: bytes) -> Any:
    """What an import would store of a file."""
    _GIVEN.write_bytes(body)
    return _posts_of(recognise_source(_SOURCE, _SETTINGS))


def _posts_of(file: Recognised) -> list[Post]:
    columns = Columns(_SOURCE, _SETTINGS, file)
    ends = [read_row(columns, row, _NOW) for row in file.open_rows()]
    # what only the last catch of a row answers is a parser's own fault
    crashed = [detail for post, _, detail in ends if post is None and _OUR_FAULT.match(detail)]
    if crashed:
        raise AssertionError(crashed[0])
    return [post for post, _, _ in ends if post]


def read_workbook(body: bytes) -> Any:
    """What an import would store of an XLSX workbook with this sheet, strings or styles."""
    return read_file(workbooks.pack(body))


def read_sheet(body: bytes) -> Any:
    """The same of a sheet alone, in a workbook that is open already: much cheaper."""
    book, sheet = _open_book()
    sheet._get_source = lambda: io.BytesIO(body)
    table = book.find_table()
    return _posts_of(
        Recognised(form="xlsx", description="", open_rows=book.iter_rows, header=table.names)
    )


@cache
def _open_book() -> tuple[Book, Any]:
    path = _GIVEN.with_name("buku")
    path.write_bytes(workbooks.pack())
    book = Book(path).__enter__()
    return book, book.sheets()[0]


def _said(message: ChatMessage) -> list[str]:
    """What goes into a post."""
    return [plain_text(each) for each in (message.text, *message.attachments)]


def hide(body: bytes) -> str:
    """What is shown of a text."""
    return mask(without_names(plain_text(body.decode("utf-8", "replace")), "kunci-uji"))


PARSERS: Iterable[tuple[str, Callable[[bytes], Any], tuple[bytes, ...]]] = (
    ("captured post", read_capture, CAPTURES),
    ("WhatsApp chat", read_chat, (CHAT,)),
    ("imported file", read_file, (TABLE, ROWS, CHAT)),
    ("imported workbook", read_workbook, WORKBOOKS),
    ("rows of a workbook", read_sheet, (workbooks.SHEET,)),
    ("names and personal data", hide, TEXTS),
)
