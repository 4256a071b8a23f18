from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.extraction.plain import plain_text
from crawlers.imports.recognising import recognise
from crawlers.imports.rows import Row
from crawlers.work import SourceUnreadableError

ROWS = [{"id": "1", "teks": "Air sumur aman, kata warga"}, {"id": "2", "teks": "Jembatan “baru”"}]


def rows_of(path: Path) -> list[Row]:
    return list(recognise(path, ZoneInfo("Asia/Makassar"), "kunci-uji").open_rows())


def read(tmp_path: Path, content: bytes) -> list[object]:
    path = tmp_path / "ekspor"
    path.write_bytes(content)
    return [row.fault if row.values is None else row.values for row in rows_of(path)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_is_read_whatever_wrote_it(
    tmp_path: Path, delimiter: str, encoding: str, newline: str
) -> None:
    lines = [delimiter.join(["id", "teks"])]
    lines += [delimiter.join([row["id"], f'"{row["teks"]}"']) for row in ROWS]
    assert read(tmp_path, (newline.join(lines) + newline).encode(encoding)) == ROWS


def test_ndjson_is_read_line_by_line_and_each_bad_line_is_named(tmp_path: Path) -> None:
    good = [json.dumps(row) for row in ROWS]
    lines = [good[0], "{rusak", "", "[1]", '{"teks": "' + "x" * 1_100_000 + '"}', good[1]]
    found = read(tmp_path, "\n".join(lines).encode())
    assert [found[0], found[-1]] == ROWS
    assert str(found[1]).startswith("is not JSON")
    assert found[2] == "is JSON, but not an object"
    assert found[3] == "is longer than 1000000 characters"
    assert len(found) == 5


def test_a_broken_first_line_does_not_turn_ndjson_into_a_table(tmp_path: Path) -> None:
    path = tmp_path / "posts.ndjson"
    path.write_text('kepala yang rusak\n{"id": "1", "text": "Jembatan dibuka"}\n')
    broken, whole = rows_of(path)
    assert (broken.number, broken.values) == (1, None)
    assert "is not JSON" in broken.fault
    assert (whole.number, whole.values) == (2, {"id": "1", "text": "Jembatan dibuka"})


def test_a_quoted_cell_may_hold_delimiters_and_new_lines(tmp_path: Path) -> None:
    found = read(tmp_path, b'id,teks\n1,"satu, dua\ntiga ""empat"""\n')
    assert found == [{"id": "1", "teks": 'satu, dua\ntiga "empat"'}]


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf\n\n", b"PK\x03\x04\0\0\0\0", b"a\0b", b'[{"id": 1}, {']
)
def test_a_file_without_rows_says_so(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceUnreadableError, match=r"is empty|binary file|breaks off"):
        read(tmp_path, content)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadableError, match="cannot be read"):
        rows_of(tmp_path / "tiada")


def test_a_json_list_is_read_as_rows_too(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps([*ROWS, 3]).encode()) == [*ROWS, "is JSON, but not an object"]


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-5", "@SUM(A1)", "=HYPERLINK(1)", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_data(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, f"id,teks\n1,{cell}\n".encode()) == [{"id": "1", "teks": cell}]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("awas <![ No. 3 <b>banjir</b>", "awas <![ No. 3 banjir"),
        ("<![foo[a]]> b", "<![foo[a]]> b"),
    ],
)
def test_a_mark_that_opens_nothing_is_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text
