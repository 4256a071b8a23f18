"""Cells are read as people and spreadsheets write them; what is unclear is left out."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from crawlers.imports.cells import read_count, read_moment
from tests.crawlers.imports.reading import read_posts

ZONE = ZoneInfo("Asia/Makassar")
TEXT = "Air minum keruh sejak pagi"


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("46342.5", "2026-11-16T04:00"),
        ("46342,5", "2026-11-16T04:00"),
        ("46342", "2026-11-15T16:00"),
        ("1 Mei 26", "2026-04-30T16:00"),
        ("16/11/26", "2026-11-15T16:00"),
        ("16-Nop-26 09.30", "2026-11-16T01:30"),
        ("Senin, 16 Nov 2026 21:05 WIB", "2026-11-16T14:05"),
        ("10.05 16 Nov 2026", "2026-11-16T02:05"),
        ("2026-11-16", "2026-11-15T16:00"),
        ("1794792600", "2026-11-16T01:30"),
        ("31/02/26", None),
        ("2026", None),
        ("12345", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_moments_in_cells(raw: str, moment: str | None) -> None:
    read = read_moment(raw, ZONE)
    assert (read and f"{read.astimezone(UTC):%Y-%m-%dT%H:%M}") == moment


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("1234", 1234),
        ("1.234", 1234),
        ("1,234,567", 1234567),
        ("12,0", 12),
        ("1.234,5", 1234),
        ("1,2 rb", 1200),
        ("3.4K", 3400),
        ("2 jt", 2000000),
        ("1,5 juta", 1500000),
        ("-3", None),
        ("", None),
        ("banyak", None),
        ("1.2.3", None),
        ("9" * 13, None),
        ("9" * 400, None),
    ],
)
def test_counts_in_cells(raw: str, count: int | None) -> None:
    assert read_count(raw) == count


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_titles_above_the_column_names_of_a_csv_are_passed_over(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "rekap.csv"
    rows = [["Rekap Aduan"], ["Periode: November 2026"], [], ["No", "Isi Aduan", "Suka"]]
    rows += [["1", f'"{TEXT}\ndan berbau"', "12"], ["2", TEXT, "7"]]
    path.write_text("".join(mark.join(row) + "\n" for row in rows))
    first, second = read_posts(path)
    assert (first.text, dict(first.reach)) == (f"{TEXT}\ndan berbau", {"likes": 12})
    assert second.text == TEXT


def test_a_title_padded_to_the_width_of_the_table_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text(f"Rekap;;\nPeriode;November 2026;\n;;\nNo;Tanggal;Isi\n1;1 Mei 26;{TEXT}\n")
    (post,) = read_posts(path)
    assert (post.text, post.published_raw) == (TEXT, "1 Mei 26")


def test_a_table_of_one_column_begins_with_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "satu.csv"
    path.write_text(f"isi\n{TEXT}\nIsi laporan dan keterangan lain\n")
    assert [post.text for post in read_posts(path)] == [TEXT, "Isi laporan dan keterangan lain"]


def test_day_numbers_without_a_date_format_in_a_workbook_are_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tanggal", "Isi"])
    book.active.append([46342.5, TEXT])
    book.save(tmp_path / "a.xlsx")
    (post,) = read_posts(tmp_path / "a.xlsx")
    assert post.published_at is not None
    assert post.published_at.astimezone(UTC).hour in {4, 5}
