from __future__ import annotations

import json
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.article import Article, extract_article
from crawlers.extraction.errors import NotAPageError
from tests.crawlers.web import PARAGRAPH, article_html

URL = "https://kabaruji.example/berita/1"
PROSE = "".join(f"<p>{PARAGRAPH.format(name=f'Muara {n}')}</p>" for n in range(5))


def read(page: str | bytes, url: str = URL, content_type: str = "") -> Article:
    body = page.encode() if isinstance(page, str) else page
    return extract_article(body, url, content_type=content_type)


def test_a_page_without_any_metadata_gives_headline_time_and_prose() -> None:
    article = read(article_html("Muara"))
    assert article.title == "Tanggul Muara selesai"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-11-16T09:15:00+08:00"
    assert article.published_raw == "Senin, 16 November 2026 | 09:15 WITA"
    assert len(article.text.splitlines()) == 4
    assert article.why["published_at"] == "line on the page"
    assert article.canonical_url == ""


def test_what_stands_between_the_paragraphs_is_left_out() -> None:
    extras = """
      <p>Baca juga: <a href="/2">Pasar desa dibuka kembali setelah banjir</a></p>
      <div class="artikel-terkait"><p>Berita lain yang panjang, katanya.</p></div>
      <figure><img src="a.jpg"><figcaption>Tanggul dari udara, Senin pagi.</figcaption></figure>
      <p>ADVERTISEMENT</p><p>Editor: Rani Palinggi</p><p>Copyright © Kabar Uji 2026</p>
      <ul><li><a href="/3">Bupati meninjau lokasi</a></li></ul><script>var x = 'isi';</script>
      <p>Ikuti berita terbaru Kabar Uji di saluran WhatsApp kami sekarang juga</p>"""
    article = read(f"<html><body><h1>Judul</h1><div>{PROSE}{extras}{PROSE[:0]}</div></body></html>")
    assert article.text.splitlines() == [
        PARAGRAPH.format(name=f"Muara {number}") for number in range(5)
    ]


def test_lines_broken_by_br_are_paragraphs() -> None:
    lines = [PARAGRAPH.format(name=f"Hulu {n}") for n in range(4)]
    article = read(f"<html><body><div class='x'>{'<br><br>'.join(lines)}</div></body></html>")
    assert article.text.splitlines() == lines


TEMPLATES = {
    "article element": "<article><h1>{title}</h1><div>Rani | {time}</div>{p}</article>",
    "one block for each paragraph": "<h1>{title}</h1><span>{time}</span><div>{boxes}</div>",
    "page builder": "<div class='widget'><h1>{title}</h1></div><time datetime='{iso}'>Senin</time>"
    "<div class='main-widget'><div class='widget-container'>{p}</div></div>"
    "<ol class='comment-list'>{comments}</ol>",
    "blog": "<h3 class='post-title'>{title}</h3><div class='post-body entry-content'>{br}</div>"
    "<abbr itemprop='datePublished' title='{iso}'>09.30</abbr>",
    "drawn by a script": "<div id='app'></div>{script}",
    "no container but the body": "<h1>{title}</h1><p>{time}</p>{p}",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_article_is_found_in_any_template(name: str) -> None:
    lines = [PARAGRAPH.format(name=f"Muara {n}") for n in range(6)]
    iso = "2026-11-16T09:30:00+08:00"
    thing = {"@type": "NewsArticle", "headline": "Tanggul selesai", "datePublished": iso}
    thing["articleBody"] = "<br>".join(lines)
    body = TEMPLATES[name].format(
        title="Tanggul selesai",
        time="Senin, 16 November 2026 | 09.30 WITA",
        iso=iso,
        p="".join(f"<p>{line}</p>" for line in lines),
        boxes="".join(f"<div class='a'><div><span>{line}</span></div></div>" for line in lines),
        br="<br /><br />".join(lines),
        comments="<li><p>Komentar panjang dari warga, kata dia, lagi dan lagi.</p></li>" * 9,
        script=f"<script type='application/ld+json'>{json.dumps(thing)}</script>",
    )
    page = f"<html><head><title>Kabar Uji: Tanggul selesai</title></head><body>{body}</body></html>"
    article = read(page)
    assert article.title == "Tanggul selesai"
    assert article.text.splitlines() == lines
    assert article.published_at is not None
    assert article.published_at.isoformat() == iso


def test_json_ld_is_believed_first_and_a_broken_block_is_passed_over() -> None:
    thing = {
        "@graph": [
            {"@type": "WebSite", "name": "Kabar Uji"},
            {
                "@type": ["NewsArticle"],
                "headline": "Tanggul selesai",
                "datePublished": "2026-11-16 08:01:00",
                "author": [{"@type": "Person", "name": "Rani Palinggi"}, {"name": "Adi"}],
                "articleSection": "Daerah",
            },
        ]
    }
    head = (
        "<script type='application/ld+json'>{rusak</script>"
        f"<script type='application/ld+json'>{json.dumps(thing)}</script>"
    )
    article = read(f"<html><head>{head}</head><body>{PROSE}</body></html>")
    assert article.title == "Tanggul selesai"
    assert article.author == "Rani Palinggi, Adi"
    assert article.section == "Daerah"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-11-16T08:01:00+07:00"


def test_local_time_that_calls_itself_utc_is_found_out_by_the_line_on_the_page() -> None:
    head = "<meta property='article:published_time' content='2026-11-16T09:15:40Z'>"
    told = read(article_html("Muara", head)).published_at
    assert told is not None
    assert told.isoformat() == "2026-11-16T09:15:40+08:00"
    head = "<meta property='article:published_time' content='2026-11-16T01:15:40Z'>"
    told = read(article_html("Muara", head)).published_at
    assert told is not None
    assert told.isoformat() == "2026-11-16T01:15:40+00:00"


@pytest.mark.parametrize(
    ("link", "believed"),
    [
        ("https://kabaruji.example/berita/asli", True),
        ("https://www.kabaruji.example/berita/asli", True),
        ("/berita/asli", True),
        ("https://korban.example/berita/asli", False),
        ("https://kabaruji.example/", False),
        ("javascript:alert(1)", False),
        ("http://[rusak", False),
    ],
)
def test_a_canonical_link_is_believed_only_on_its_own_site(link: str, believed: bool) -> None:
    article = read(article_html("Muara", f"<link rel='canonical' href='{link}'>"))
    assert bool(article.canonical_url) is believed


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1251", "klingon", ""])
def test_valid_utf_8_is_read_as_such_whatever_is_declared(declared: str) -> None:
    page = f"<html><body><h1>Kafé “Lembah” dibuka</h1>{PROSE}</body></html>"
    assert read(page, content_type=f"text/html; charset={declared}").title == "Kafé “Lembah” dibuka"


def test_windows_1252_is_read_when_the_bytes_are_no_utf_8() -> None:
    page = f"<html><body><h1>Kafé “Lembah” dibuka</h1>{PROSE}</body></html>".encode("cp1252")
    assert read(page).title == "Kafé “Lembah” dibuka"


@pytest.mark.parametrize(
    "body",
    [b"", b"  \n", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"%PDF-1.7 ...", bytes(range(256)) * 20],
)
def test_what_is_no_page_says_so(body: bytes) -> None:
    with pytest.raises(NotAPageError):
        read(body)


HOSTILE = {
    "deep": b"<html><body>" + b"<div>" * 100_000 + b"x",
    "attribute": b"<html><body><p class='" + b"a " * 800_000 + b"'>halo</p>",
    "paragraphs": b"<html><body>" + PARAGRAPH.encode() + b"<p>kata, kata" * 50_000,
    "breaks": b"<html><body><div>" + b"kata panjang, lagi dan lagi, dan lagi<br>" * 40_000,
    "dates": b"<html><body>" + b"<div>Senin, 23 Februari 2016 14:29 WIB</div>" * 20_000,
    "json": b"<html><script type='application/ld+json'>" + b"[" * 90_000 + b"</script><body>x",
    "title": b"<html><head><title>" + b" - a" * 500_000 + b"</title></head><body>x",
    "angles": b"<" * 1_000_000,
    "comment": b"<html><body><!--" + b"-" * 2_000_000,
    "spaces": b"<html><body><p>" + b" " * 2_900_000 + b"x</p>",
    "unclosed": b"<html><body><a href='" + b"x" * 2_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_neither_breaks_nor_holds_up(name: str) -> None:
    started = time.process_time()
    try:
        article = read(HOSTILE[name])
    except NotAPageError:
        article = Article()
    assert len(article.text) <= 200_000
    assert time.process_time() - started < 5


@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_inside_a_page_break_the_reader(noise: bytes, place: int) -> None:
    page = article_html("Muara").encode()
    try:
        article = read(page[:place] + noise + page[place:])
    except NotAPageError:
        return
    assert isinstance(article.text, str)


@pytest.mark.data
@pytest.mark.skipif("LURUSKAN_TEST_DATA" not in os.environ, reason="LURUSKAN_TEST_DATA is not set")
def test_real_pages_of_nine_outlets_are_read_as_people_read_them() -> None:
    from benchmarks.extraction.pages import load_pages
    from benchmarks.extraction.scores import score_page

    scores = [score_page(page, read(page.body, page.url)) for page in load_pages()]
    assert len(scores) == 16
    assert sum(score.title_right for score in scores) >= 16
    assert sum(score.minute_right for score in scores) >= 16
    assert sum(score.body_f1 for score in scores) / len(scores) >= 0.98
