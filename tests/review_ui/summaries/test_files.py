"""Page, PDF and message: always the same, tagged, bounded, proof against what people type."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import html5lib
import pytest
from lxml import etree
from pypdf import PdfReader

from indices.errors import LuruskanError
from review_ui.summaries.chart import draw_chart
from review_ui.summaries.figures import WeeklySummary
from review_ui.summaries.message import write_message
from review_ui.summaries.page import render_page
from review_ui.summaries.printing import print_pdf, printable
from review_ui.summaries.wording import build_report
from review_ui.summaries.writing import write_files
from tests.review_ui.summaries.samples import (
    HOSTILE,
    a_hostile_summary,
    a_summary,
    an_empty_summary,
)

SUMMARIES = {"full": a_summary(), "empty": an_empty_summary(), "hostile": a_hostile_summary()}
each_summary = pytest.mark.parametrize("summary", SUMMARIES.values(), ids=SUMMARIES)


def pdf_of(summary: WeeklySummary) -> PdfReader:
    pdf = print_pdf(build_report(summary), draw_chart(summary), summary.written_at)
    return PdfReader(BytesIO(pdf))


@each_summary
def test_the_pdf_is_tagged_titled_and_in_indonesian(summary: WeeklySummary) -> None:
    reader = pdf_of(summary)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert (reader.metadata or {})["/Title"].startswith("Ringkasan pekan 46")


def test_the_pdf_reads_out_the_chart_and_has_headings_and_a_header_row() -> None:
    raw = print_pdf(build_report(a_summary()), draw_chart(a_summary()), a_summary().written_at)
    kinds, alternatives = set(), []
    for element in structure(PdfReader(BytesIO(raw)).trailer["/Root"]["/StructTreeRoot"]):
        kinds.add(str(element.get("/S")))
        alternatives.append(str(element.get("/Alt", "")))
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure", "/L"} <= kinds
    assert any("Senin 11 dikumpulkan, 4 ditandai" in text for text in alternatives)


def structure(element):
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        node = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(node, dict) and "/S" in node:
            yield node
            yield from structure(node)


def test_a_usual_week_fits_on_two_pages() -> None:
    assert len(pdf_of(a_summary()).pages) == 2


def test_hostile_texts_stay_texts_in_the_pdf() -> None:
    text = " ".join(page.extract_text() for page in pdf_of(a_hostile_summary()).pages)
    assert '#eval("1") *tebal* _miring_' in text
    assert "<script>alert('isu')</script>" in text
    assert "[emoji]" in text
    assert "\u202e" not in text


def test_symbols_that_the_fonts_lack_become_words() -> None:
    assert printable("awas 🚨🙏🏽 sekarang") == "awas [emoji] sekarang"
    assert printable("kota 漢字 ini") == "kota [aksara lain] ini"
    assert printable("Ç, é, – dan العربية") == "Ç, é, – dan العربية"


@each_summary
def test_the_page_is_valid_html_that_loads_and_runs_nothing(summary: WeeklySummary) -> None:
    page = render_page(build_report(summary), draw_chart(summary))
    html5lib.HTMLParser(strict=True).parse(page)
    tree = etree.HTML(page)
    assert tree.xpath("//script | //iframe | //link | //img[not(starts-with(@src, 'data:'))]") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [h for h in tree.xpath("//@href") if not h.startswith("https://")] == []
    assert len(tree.xpath("//h1")) == 1
    assert tree.xpath("string(//html/@lang)") == "id"
    assert tree.xpath("//table/caption")
    assert len(tree.xpath("string(//img/@alt)")) > 100


@each_summary
def test_the_message_fits_whatsapp(summary: WeeklySummary) -> None:
    assert 200 < len(write_message(build_report(summary))) <= 1500


def test_the_message_repeats_no_claim_that_has_no_answer() -> None:
    message = write_message(build_report(a_summary()))
    assert "ISU-0002" in message
    assert "beracun" not in message
    assert "Pajak" not in message
    assert "Rembesan 0,4 liter per detik" in message


def test_typed_marks_cannot_change_the_messages_looks() -> None:
    message = write_message(build_report(a_hostile_summary()))
    assert "_miring_" not in message
    assert message.count("*") % 2 == 0


@each_summary
def test_the_same_data_at_the_same_time_gives_the_same_bytes(
    summary: WeeklySummary, tmp_path: Path
) -> None:
    first = write_files(summary, tmp_path / "a", "both")
    second = write_files(summary, tmp_path / "b", "both")
    assert [path.name for path in first] == [
        f"ringkasan-2026-W46.{ending}" for ending in ("html", "pdf", "txt")
    ]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(p.name for p in first)


def test_the_chart_shows_every_count_and_says_nothing_about_its_maker() -> None:
    chart = draw_chart(a_summary())
    assert etree.fromstring(chart.encode()).tag.endswith("svg")
    assert "matplotlib.org" not in re.sub(r"xmlns\S+", "", chart)
    assert chart != draw_chart(an_empty_summary())


def test_a_chart_of_nothing_can_be_drawn() -> None:
    summary = a_summary(
        figures=replace(
            a_summary().figures,
            posts=replace(a_summary().figures.posts, collected_by_day={}, flagged_by_day={}),
        )
    )
    chart = draw_chart(summary)
    assert chart.startswith("<?xml")
    assert "Tidak ada unggahan yang terkumpul pekan ini" in chart, "a bare frame looks broken"


def test_a_folder_that_cannot_be_written_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LuruskanError, match="choose another with --output"):
        write_files(a_summary(), tmp_path / "file" / "x", "text")


def test_the_hostile_sample_is_hostile() -> None:
    assert len(HOSTILE[2]) > 10_000
