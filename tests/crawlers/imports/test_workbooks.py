"""XLSX as offices keep it: titles above the header, dates, formulas, merged cells, and traps."""

from __future__ import annotations

import re
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from crawlers.work import SourceUnreadableError
from tests.crawlers.imports.reading import describe, read_posts


def workbook(path: Path, rows: list[list[object]], *, title: str = "Aduan") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def rewritten(path: Path, part: str, pattern: str, replacement: str) -> Path:
    """The workbook with one of its parts changed."""
    changed = path.with_name(f"ubah-{path.name}")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(changed, "w") as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename == part:
                content = re.sub(pattern, replacement, content.decode(), count=1).encode()
            after.writestr(item, content)
    return changed


SHEET = "xl/worksheets/sheet1.xml"


def test_a_table_below_a_title_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "aduan.xlsx",
        [
            ["Rekap aduan warga Lembah Sarang"],
            [],
            ["No", "Tanggal", "Isi Aduan", "Suka"],
            [
                1,
                datetime(2026, 11, 26, 10, 30, tzinfo=None),  # noqa: DTZ001 (Excel knows no zones)
                "Sumur di RT 3 keruh",
                12.0,
            ],
            [2, date(2026, 11, 27), "Jembatan belum diperbaiki", None],
            [None, None, None, None],
        ],
    )
    assert "sheet 'Aduan', column names in row 3" in describe(path)
    one, two = read_posts(path)
    assert (one.text, one.reach) == ("Sumur di RT 3 keruh", {"likes": 12})
    assert str(one.published_at) == "2026-11-26 02:30:00+00:00"
    assert str(two.published_at) == "2026-11-26 16:00:00+00:00"


def test_a_formula_counts_by_its_last_result_and_is_never_run(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Kategori"], ["Sumur keruh", "=1+1"]])
    with_result = rewritten(path, SHEET, r"<f>1\+1</f>.*?</c>", "<f>1+1</f><v>2</v></c>")
    assert [post.section for post in read_posts(path)] == [""]
    assert [post.section for post in read_posts(with_result)] == ["2"]


def test_merged_cells_count_once(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Kecamatan"], ["Satu", "Sarang"], ["Dua", None]])
    book = openpyxl.load_workbook(path)
    book["Aduan"].merge_cells("B2:B3")
    book.save(path)
    assert [(post.text, post.region) for post in read_posts(path)] == [
        ("Satu", "Sarang"),
        ("Dua", ""),
    ]


def test_a_huge_dimension_is_not_believed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    huge = rewritten(path, SHEET, 'ref="A1:B2"', 'ref="A1:XFD1048576"')
    started = time.process_time()
    assert [post.text for post in read_posts(huge)] == ["Satu"]
    assert time.process_time() - started < 2


def test_only_sheets_that_a_person_sees_are_read_and_others_are_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Rekap").append(["Isi", "Link"])
    hidden = book.create_sheet("Rahasia", 0)
    hidden.append(["Isi", "Link"])
    hidden.append(["Tersembunyi", "y"])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert [post.text for post in read_posts(path)] == ["Satu"]
    assert "1 other sheets are not read" in describe(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/bom.xml", b" " * 210_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(SourceUnreadableError, match="MB unpacked; save the rows that matter"):
        read_posts(path)


@pytest.mark.parametrize(
    "entity",
    ["<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;'>", "<!ENTITY b SYSTEM 'file:///etc/passwd'>"],
)
def test_entities_are_not_followed(tmp_path: Path, entity: str) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    trapped = rewritten(
        path, "xl/sharedStrings.xml", r"<sst(.*?)>Isi<", rf"<!DOCTYPE sst [{entity}]><sst\1>&b;Isi<"
    )
    try:
        text = repr(read_posts(trapped))
    except SourceUnreadableError:
        text = ""
    assert "root:" not in text


@pytest.mark.parametrize("cut", [40, 400, 2000])
def test_a_workbook_that_breaks_off_says_so(tmp_path: Path, cut: int) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(SourceUnreadableError):
        read_posts(path)


def test_a_workbook_is_known_without_the_ending_of_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    assert [post.text for post in read_posts(path.rename(tmp_path / "DOC-20261126"))] == ["Satu"]
