"""Layouts as Indonesian outlets, offices and blogs have them; all pages are invented."""

from __future__ import annotations

import pytest

from crawlers.extraction.article import Article, extract_article
from tests.crawlers.web import PARAGRAPH

URL = "https://kabaruji.example/berita/1"
TITLE = "Tanggul Sungai Muara Selesai Diperbaiki Pekan Ini"
LINES = [PARAGRAPH.format(name=f"Muara {number}") for number in range(5)]
PROSE = "".join(f"<p>{line}</p>" for line in LINES)
TEASERS = "".join(
    f"<li><a href='/{n}'>Berita lain nomor {n} yang judulnya panjang sekali</a>"
    f"<p>Ringkasan berita nomor {n}, yang tidak ada hubungannya, dengan artikel di halaman ini.</p>"
    "</li>"
    for n in range(12)
)


def read(body: str, head: str = "") -> Article:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return extract_article(page.encode(), URL)


LAYOUTS = {
    "parts between advertisements": (
        f"<div><div><p>{LINES[0]}</p><p>{LINES[1]}</p></div><div class='ad'>Iklan</div>"
        f"<div><p>{LINES[2]}</p><p>{LINES[3]}</p></div><div><p>{LINES[4]}</p></div></div>"
        f"<div class='y'><ul>{TEASERS}</ul></div>"
    ),
    "one box for each line, drawn by a script framework": (
        "<div><div class='css-4'>"
        + "".join(f"<div class='css-5'><div class='css-6'>{line}</div></div>" for line in LINES)
        + f"</div><div class='css-7'>{TEASERS}</div></div>"
    ),
    "pages of one article below each other": (
        "<div class='article-content-body'><div class='article-content-body__item-page'><div>"
        f"<p>{LINES[0]}</p><p>{LINES[1]}</p><p>{LINES[2]}</p></div></div>"
        "<div class='article-content-body__item-page'><div>"
        f"<p>{LINES[3]}</p><p>{LINES[4]}</p></div></div></div><ul>{TEASERS}</ul>"
    ),
    "a share box and related posts inside": (
        f"<div class='entry-content'>{PROSE}<div class='sharedaddy'><h3>Sukai ini</h3><ul>"
        "<li>Facebook</li></ul></div><div class='jp-relatedposts'><p>Jalan lain di kecamatan ini"
        " juga diperbaiki tahun ini, kata kepala dinas.</p></div></div>"
    ),
    "the page's own business after a heading": (
        f"<div class='entry-content'>{PROSE}<h3>Bagikan ini:</h3><p>Klik untuk membagikan di"
        " Facebook(Membuka di jendela yang baru)</p><h3>Berita Terkait</h3><p>Bupati meninjau"
        " pasar induk yang terbakar, pada malam hari, di pusat kota.</p></div>"
    ),
    "a post of a platform in between": (
        f"<div class='isi'>{PROSE}<blockquote class='twitter-tweet'><p>Mohon doanya untuk warga"
        " yang terdampak banjir, semoga lekas pulih</p>&mdash; Warga (@warga)</blockquote></div>"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_is_the_article_and_nothing_else(layout: str) -> None:
    assert read(f"<h1>{TITLE}</h1>{LAYOUTS[layout]}").text.splitlines() == LINES


def test_a_short_article_beats_a_long_list_of_teasers() -> None:
    body = f"<h1>{TITLE}</h1><div><p>{LINES[0]}</p><p>{LINES[1]}</p></div><ul>{TEASERS}</ul>"
    assert read(body).text.splitlines() == LINES[:2]


ABOUT = "".join(
    f"<p>Kabar Uji adalah media warga nomor {n}, terbit sejak lama, melayani hak jawab dan aduan"
    " setiap hari kerja, tanpa memungut biaya, di seluruh Lembah Sarang.</p>"
    for n in range(4)
)
BOX = f"<div class='kotak'><h3>Tentang kami</h3>{ABOUT}</div>"
ONE = f"<p>{LINES[0]}</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h1>{TITLE}</h1><div>{ONE}</div></div>{BOX}",
        f"{BOX}<div><h1>{TITLE}</h1><div>{ONE}</div></div>",
        f"<div><div><h1>{TITLE}</h1>{ONE}</div><div>{BOX}</div></div>",
        f"<h1>Kabar Uji</h1>{BOX}<h1>{TITLE}</h1><div>{LINES[0]}</div>",
    ],
)
def test_one_paragraph_under_the_headline_beats_a_long_box_about_the_outlet(body: str) -> None:
    assert read(body).text.splitlines() == LINES[:1]


def test_a_deck_under_the_headline_does_not_beat_the_article() -> None:
    deck = f"<div class='x'><p>{LINES[4]}</p></div><p>Oleh Ani</p>"
    body = f"<header><h1>{TITLE}</h1>{deck}</header><div class='y'>{PROSE}</div>"
    assert read(body).text.splitlines()[:4] == LINES[:4]


def test_a_heading_early_in_the_article_does_not_end_it() -> None:
    body = f"<div><p>{LINES[0]}</p><h3>Terkait</h3>{''.join(f'<p>{x}</p>' for x in LINES[1:])}"
    assert read(f"{body}</div>").text.splitlines()[-1] == LINES[-1]


TIMES = {
    "a machine's time without a zone, a visible one with": (
        "<meta name='content_PublishedDate' content='2026-11-26 10:30:00'>",
        "<div class='tanggal'>Kamis, 26 November 2026 | 10:30 WITA</div>",
        "2026-11-26T10:30:00+08:00",
    ),
    "local time that calls itself UTC": (
        "<meta property='article:published_time' content='2026-11-26T10:30:00Z'>",
        "<div class='tanggal'>26 November 2026, 10.30 Wit</div>",
        "2026-11-26T10:30:00+09:00",
    ),
    "real UTC": (
        "<meta property='article:published_time' content='2026-11-26T02:30:00Z'>",
        "<div class='tanggal'>26 November 2026, 10.30 WITA</div>",
        "2026-11-26T02:30:00+00:00",
    ),
    "a blog's microformat": (
        "",
        "<abbr class='published' title='2026-11-26T10:30:00+08:00'>10.30</abbr>",
        "2026-11-26T10:30:00+08:00",
    ),
}


@pytest.mark.parametrize("case", TIMES)
def test_the_time_hangs_in_the_zone_that_readers_see(case: str) -> None:
    head, line, expected = TIMES[case]
    published = read(f"<h1>{TITLE}</h1>{line}<div>{PROSE}</div>", head).published_at
    assert published is not None
    assert published.isoformat() == expected


def test_the_headline_may_stand_in_any_element_that_is_named_so() -> None:
    page = f"""<html><head><title>Portal Rekaan | {TITLE}</title></head><body>
    <div class="judul">{TITLE}</div><div class="isi">{PROSE}</div></body></html>"""
    assert extract_article(page.encode(), URL).title == TITLE
