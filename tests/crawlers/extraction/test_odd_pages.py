"""Layouts that outlets really use, each with what used to be read wrongly in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawlers.extraction.article import Article, extract_article
from crawlers.extraction.markup import decode_page
from tests.crawlers.web import PARAGRAPH

TITLE = "Jembatan Lama Ditutup Dua Pekan, Arus Dialihkan ke Jalan Lingkar"
LINES = [PARAGRAPH.format(name=f"Muara {n}") for n in range(5)]
PROSE = "".join(f"<p>{line}</p>" for line in LINES)
DAY = "Kamis, 26 November 2026"


def read(body: str, head: str = "", *, encoding: str = "utf-8") -> Article:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    now = datetime(2026, 11, 27, tzinfo=UTC)
    return extract_article(page.encode(encoding), "https://kabaruji.example/berita/1", now=now)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{DAY} | 10:30 WITA", "2026-11-26T10:30:00+08:00"),
        (f"10:30 WIT - {DAY}", "2026-11-26T10:30:00+09:00"),
        (f"10.30, {DAY}", "2026-11-26T10:30:00+07:00"),
        ("Kamis, 26/11/26 10:30 WIB", "2026-11-26T10:30:00+07:00"),
        ("26-11-26 | 10.30", "2026-11-26T10:30:00+07:00"),
        ("Berita Kota <i></i> 26 November 2026 <i></i> 10:30 <i></i> 125 kali dibaca",
         "2026-11-26T10:30:00+07:00"),
        ("3 jam lalu", None),
        ("Nomor 26/11/26 tahun ini", None),
        ("Agenda berikutnya: 12 Desember 2026 pukul 08.00 WIB", None),
    ],
)  # fmt: skip
def test_the_line_under_the_headline_gives_the_minute(line: str, expected: str | None) -> None:
    article = read(f"<h1>{TITLE}</h1><div class='x'>{line}</div><div>{PROSE}</div>")
    told = article.published_at.isoformat() if article.published_at else None
    assert told == expected


def described(moment: object) -> str:
    thing = {"@type": "NewsArticle", "headline": TITLE, "datePublished": moment}
    return f"<script type='application/ld+json'>{json.dumps(thing)}</script>"


@pytest.mark.parametrize(
    ("told", "shown", "expected"),
    [
        ("2026-11-26T10:30:00", f"{DAY} 10:30 WITA", "2026-11-26T10:30:00+08:00"),
        ("2026-11-26T10:30:00Z", f"{DAY} 10:30 WITA", "2026-11-26T10:30:00+08:00"),
        ("2026-11-26T02:30:00Z", f"{DAY} 10:30 WITA", "2026-11-26T02:30:00+00:00"),
        ("2026-11-26T10:30:00", "", "2026-11-26T10:30:00+07:00"),
        (1795663800, "", "2026-11-26T10:30:00+07:00"),
        ("1795663800000", "", "2026-11-26T10:30:00+07:00"),
    ],
)
def test_what_machines_are_told_is_read_in_the_zone_that_readers_see(
    told: object, shown: str, expected: str
) -> None:
    body = f"<h1>{TITLE}</h1><p class='date'>{shown}</p><div>{PROSE}</div>"
    article = read(body, described(told))
    assert article.published_at is not None
    assert article.published_at.isoformat() == expected


def test_the_time_survives_a_quote_that_breaks_the_description() -> None:
    broken = described("2026-11-26T10:30:00+07:00").replace("Ditutup", 'Ditutup "total"')
    article = read(f"<h1>{TITLE}</h1><div>{PROSE}</div>", broken)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-11-26T10:30:00+07:00"


def test_a_heading_that_is_never_closed_does_not_swallow_the_page() -> None:
    boxes = "".join(f"<div>{line}</div>" for line in LINES)
    body = f"<html><body><h1>{TITLE}<div>{DAY} 10:30 WIB</div>{boxes}"
    article = extract_article(body.encode(), "https://kabaruji.example/berita/1")
    assert article.title == TITLE


ASIDES = {
    "a plugin's related posts": "<div id='jp-relatedposts'><h3>Terkait</h3>"
    "<p>Wali kota meresmikan taman baru di tepi sungai, kata panitia kemarin.</p></div>",
    "a heading over links": "<h4>Terkait</h4>",
    "a list of links with their age": "<ul><li><a href='/2'>Wali Kota Resmikan Taman Baru</a>"
    " <span>1 jam lalu</span></li></ul>",
    "a credited picture's caption": "<p><img src='a.jpg'><br>Jembatan itu (Foto: Uji)</p>",
    "an italic picture's caption": "<p><img src='a.jpg'><em>Jembatan itu pagi tadi</em></p>",
}


@pytest.mark.parametrize("aside", ASIDES)
def test_what_stands_beside_the_article_is_no_part_of_it(aside: str) -> None:
    content = PROSE.replace("</p>", f"</p>{ASIDES[aside]}", 1)
    assert read(f"<h1>{TITLE}</h1><div>{content}</div>").text.splitlines() == LINES


def test_a_paragraph_with_a_picture_and_a_list_that_links_once_stay() -> None:
    item = "Warga dapat melapor lewat laman pengaduan yang dibuka dinas setiap hari kerja"
    content = f"{PROSE}<ul><li>{item}, <a href='/3'>di sini</a></li></ul>"
    content = content.replace("<p>", "<p><img src='a.jpg'>", 1)
    text = read(f"<h1>{TITLE}</h1><div>{content}</div>").text
    assert text.splitlines() == [*LINES, f"{item}, di sini"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(encoding: str) -> None:
    article = read(f"<h1>{TITLE}</h1><div>{PROSE}</div>", encoding=encoding)
    assert (article.title, article.text.splitlines()) == (TITLE, LINES)


@pytest.mark.parametrize("name", ["uu", "zip", "hex", "punycode", "idna", "undefined", "rot13"])
def test_a_charset_that_is_none_of_texts_is_not_believed(name: str) -> None:
    body = b'<html><head><meta charset="%s"></head><p>Caf\xe9 Lembah</p>' % name.encode()
    assert "Café Lembah" in decode_page(body)
