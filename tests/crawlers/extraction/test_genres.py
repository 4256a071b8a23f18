"""Pages that only look like articles are told apart, and articles are not taken for them."""

from __future__ import annotations

import pytest

from crawlers.extraction.article import extract_article
from crawlers.extraction.markup import parse_page
from crawlers.extraction.paging import find_whole_article
from tests.crawlers.web import article_html

CLOSED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tanggul", '
    '"isAccessibleForFree": false}</script>'
)
VIDEO = '<script type="application/ld+json">{"@type": "VideoObject", "name": "Tanggul"}</script>'
GALLERY = '<script type="application/ld+json">{"@type": "ImageGallery", "name": "Tanggul"}</script>'
URL = "https://kabaruji.example/berita/1"


def genre(url: str = URL, head: str = "", paragraphs: int = 1, end: str = "") -> str:
    html = article_html("Hulu", head, paragraphs).replace("</div><footer>", f"{end}</div><footer>")
    return extract_article(html.encode(), url).genre


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ("paywall", {"head": CLOSED, "paragraphs": 3}),
        ("paywall", {"end": "<p>Berlangganan sekarang untuk melanjutkan membaca berita ini.</p>"}),
        ("paywall", {"head": "<meta property='article:content_tier' content='locked'>"}),
        ("gallery", {"url": "https://kabaruji.example/foto/tanggul-selesai"}),
        ("gallery", {"head": GALLERY}),
        ("video", {"url": "https://kabaruji.example/video/1"}),
        ("video", {"head": VIDEO}),
        ("video", {"head": "<meta property='og:type' content='video.other'>"}),
    ],
)  # fmt: skip
def test_what_is_no_article_is_told_by_its_genre(expected: str, given: dict[str, object]) -> None:
    assert genre(**given) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"paragraphs": 12, "head": CLOSED},
        {"paragraphs": 6, "url": "https://kabaruji.example/video/1"},
        {"paragraphs": 6, "url": "https://kabaruji.example/foto/1"},
        {"url": "https://kabaruji.example/fotokopi-ktp-beredar"},
        {"paragraphs": 6, "end": "<p>Warga diminta masuk posko untuk membaca pengumuman.</p>"},
    ],
)  # fmt: skip
def test_an_article_stays_one(given: dict[str, object]) -> None:
    assert genre(**given) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("?page=all", f"{URL}?page=all"),
        ("/berita/1?single=1", f"{URL}?single=1"),
        (f"{URL}?page=all#isi", f"{URL}?page=all#isi"),
        ("?page=2", ""),
        ("/berita/2?page=all", ""),
        ("https://lain.example/berita/1?page=all", ""),
        ("http://[rusak?page=all", ""),
    ],
)
def test_the_address_of_the_whole_article_is_the_pages_own(link: str, found: str) -> None:
    tree = parse_page(f"<html><body><a href='{link}'>Semua</a></body></html>".encode())
    assert find_whole_article(tree, URL) == found


def test_the_whole_article_leads_no_further() -> None:
    tree = parse_page(b"<html><body><a href='?page=all'>Semua</a></body></html>")
    assert find_whole_article(tree, f"{URL}?page=all") == ""
