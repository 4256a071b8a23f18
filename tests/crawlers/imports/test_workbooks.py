"""XLSX as offices keep it: titles above the header, dates, formulas, merged cells, and traps."""

from __future__ import annotations

import re
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from benchmarks.fuzz import workbooks
from crawlers.work import SourceUnreadableError
from indices.documents import Post
from tests.crawlers.imports.reading import describe, read_ends, read_posts


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
@pytest.mark.parametrize("part", [workbooks.SHEET, workbooks.STRINGS])
def test_entities_are_not_followed(tmp_path: Path, part: bytes, entity: str) -> None:
    path = tmp_path / "a.xlsx"
    trapped = part.replace(b"<t>", b"<t>&b;")
    path.write_bytes(workbooks.pack(b"<!DOCTYPE x [%s]>" % entity.encode() + trapped))
    with pytest.raises(SourceUnreadableError, match="EntitiesForbidden"):
        read_posts(path)


def test_an_index_of_no_shared_string_costs_its_own_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbooks.pack(workbooks.SHEET.replace(b"<v>2</v>", b"<v>99</v>")))
    broken, _, last = read_ends(path)
    assert isinstance(broken, str)
    assert broken.startswith("failed_parse: cell A2 cannot be read")
    assert isinstance(last, Post)
    assert last.text == "Jembatan\nrusak"


@pytest.mark.parametrize("cut", [40, 400, 2000])
def test_a_workbook_that_breaks_off_says_so(tmp_path: Path, cut: int) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(SourceUnreadableError):
        read_posts(path)


def test_a_workbook_is_known_without_the_ending_of_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    assert [post.text for post in read_posts(path.rename(tmp_path / "DOC-20261126"))] == ["Satu"]


BROKEN = [
    ("letters for a number", "<v>7</v>", "<v>tujuh</v>", "cell B2"),
    ("a number of 5,000 digits", "<v>7</v>", f"<v>{'9' * 5000}</v>", "cell B2"),
    ("a cell that stands nowhere", 'r="B2"', 'r="2B"', "cell 2B"),
    ("no truth", '<c r="B2" t="n">', '<c r="B2" t="b">', ""),
]


@pytest.mark.parametrize(("what", "pattern", "replacement", "named"), BROKEN)
def test_a_broken_cell_costs_its_own_row(
    tmp_path: Path, what: str, pattern: str, replacement: str, named: str
) -> None:
    rows: list[list[object]] = [["Isi", "Suka"], ["Sumur keruh", 7], ["Jembatan rusak", 8]]
    path = workbook(tmp_path / "a.xlsx", rows)
    broken, whole = read_ends(rewritten(path, SHEET, pattern, replacement))
    assert isinstance(whole, Post), what
    assert whole.text == "Jembatan rusak"
    if named:
        assert isinstance(broken, str), what
        assert broken.startswith(f"failed_parse: {named} cannot be read")


@pytest.mark.parametrize(
    "number", ["1", "2", "0", "-3", "1048576", "99999999999", "dua", "9" * 5000]
)
def test_no_number_of_a_row_loses_it_or_makes_rows_up(tmp_path: Path, number: str) -> None:
    rows: list[list[object]] = [["Isi", "Suka"], ["Satu", 1], ["Dua", 2], ["Tiga", 3]]
    path = workbook(tmp_path / "a.xlsx", rows)
    changed = rewritten(path, SHEET, '<row r="3"', f'<row r="{number}"')
    started = time.process_time()
    assert [post.text for post in read_posts(changed)] == ["Satu", "Dua", "Tiga"]
    assert time.process_time() - started < 2


def test_a_date_beyond_all_calendars_costs_no_row(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 26, 10, 30, tzinfo=None)  # noqa: DTZ001 (Excel knows no zones)
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Tanggal"], ["Satu", moment], ["Dua", moment]])
    changed = rewritten(path, SHEET, r'(r="B2"[^>]*><v>)[0-9.]+', r"\g<1>1e308")
    one, two = read_posts(changed)
    assert (one.published_at, one.published_raw) == (None, "#VALUE!")
    assert two.published_at is not None


def test_what_excel_writes_for_control_characters_is_not_read_as_words(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu_x000D_\nDua_x0007_", "x"]])
    assert [post.text.split() for post in read_posts(path)] == [["Satu", "Dua"]]


def test_a_row_of_endless_elements_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Isi", "Link"], ["Satu", "x"]])
    endless = rewritten(path, SHEET, "</row>", "<c/>" * 700_000 + "</row>")
    with pytest.raises(SourceUnreadableError, match="more in it than any sheet"):
        read_posts(endless)


def test_a_small_file_that_bursts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "")
        book.writestr("xl/sharedStrings.xml", "<sst>" + "<si/>" * 6_000_000 + "</sst>")
    with pytest.raises(SourceUnreadableError, match="30 MB unpacked"):
        read_posts(path)
