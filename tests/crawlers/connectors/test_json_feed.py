"""JSON Feed beside the others, and listing pages read by selectors."""

from __future__ import annotations

import json

import pytest

from crawlers.connectors.json_feed import parse_json_feed
from crawlers.extraction.dates import WESTERN
from crawlers.work import SourceUnreadableError
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

VERSION = "https://jsonfeed.org/version/1.1"


def test_a_json_feed_is_read_like_any_other(home: CrawlHome, web: InventedWeb) -> None:
    links = [web.article(f"/berita/{n}", f"Muara {n}") for n in range(3)]
    items = [{"id": link, "title": f"Berita {n}"} for n, link in enumerate(links)]
    body = json.dumps({"version": VERSION, "title": "Kabar Uji", "items": [*items, {}, 7]})
    home.add("kabar-uji", web.serve("/feed.json", body, "application/feed+json"))
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 3}
    assert home.crawl()["kabar-uji"].dispositions == {"duplicate": 3}


def test_an_entry_keeps_what_its_feed_says() -> None:
    item = {
        "id": "1",
        "url": "/berita/1",
        "title": "Tanggul &amp; pasar",
        "content_html": "<p>Warga</p><p>bergotong royong</p>",
        "date_published": "2026-11-16T09:15:00+08:00",
        "date_modified": "2026-11-17T09:15:00+08:00",
        "authors": [{"name": "Rina"}, {"name": "Budi"}, 3],
        "tags": ["Daerah"],
    }
    body = json.dumps({"version": VERSION, "items": [item]}).encode()
    (entry,), _ = parse_json_feed(body, "https://uji.example/feed.json", WESTERN, 10)
    assert entry.url == "https://uji.example/berita/1"
    assert (entry.title, entry.summary) == ("Tanggul & pasar", "Warga\nbergotong royong")
    assert (entry.author, entry.section) == ("Rina, Budi", "Daerah")
    assert entry.published_at is not None
    assert entry.published_at.isoformat() == "2026-11-16T09:15:00+08:00"


@pytest.mark.parametrize("body", [b"{", b'{"version": "x"}', b'{"items": {}}', b"{" * 100_000])
def test_a_broken_json_feed_says_so(body: bytes) -> None:
    with pytest.raises(SourceUnreadableError):
        parse_json_feed(body, "https://uji.example/", WESTERN, 10)


def listing(links: list[str]) -> str:
    rows = "".join(
        f"<li class='baris'><h3><a href='{link}'>Berita {n}</a></h3>"
        f"<span class='jam'>16 November 2026 09:0{n} WITA</span><a href='/tag'>tag</a></li>"
        for n, link in enumerate(links)
    )
    return f"<html><body><ul>{rows}<li class='baris'>iklan</li></ul></body></html>"


def test_a_listing_page_is_read_by_selectors(home: CrawlHome, web: InventedWeb) -> None:
    links = [web.article(f"/berita/{n}", f"Muara {n}") for n in range(3)]
    page = web.serve("/berita", listing(links))
    home.add(
        "lembah", page, connector="page", item="li.baris", link="h3 a", date=".jam",
    )  # fmt: skip
    assert home.crawl()["lembah"].dispositions == {"stored": 3}
    assert home.crawl()["lembah"].dispositions == {"duplicate": 3}
    assert web.asked["/tag"] == 0


@pytest.mark.parametrize(
    ("page", "mend"),
    [
        ("<html><body><div>baru</div></body></html>", "its layout has changed"),
        ("<html><body><li class='baris'>tanpa</li></body></html>", "option link=SELECTOR"),
    ],
)
def test_a_listing_that_its_selectors_find_no_longer_is_no_silent_zero(
    home: CrawlHome, web: InventedWeb, page: str, mend: str
) -> None:
    home.add("lembah", web.serve("/berita", page), connector="page", item="li.baris")
    assert mend in home.crawl(code=1)["lembah"].error


def test_selectors_are_checked_when_they_are_given(home: CrawlHome) -> None:
    words = ("sources", "add", "https://uji.example/berita", "--connector", "page")
    home.run(*words, code=2)
    assert "give one of -o item=..." in home.errors
    home.run(*words, "-o", "item=li[", code=2)
    assert "must be a CSS selector such as .daftar h3 a" in home.errors
    assert len(home.errors.strip().splitlines()) == 1


def test_a_sources_own_selectors_win_where_the_generic_way_fails(
    home: CrawlHome, web: InventedWeb
) -> None:
    page = (
        "<html><head><title>Salah</title></head><body><h1>Salah</h1><b id='j'>Judul benar</b>"
        "<i id='t'>17 November 2026 10:00 WITA</i><u id='p'>Rina</u>"
        f"<table><tr><td class='x'><p>{'Kalimat panjang tentang desa. ' * 12}</p></td></tr></table>"
        "</body></html>"
    )
    home.add(
        "kabar-uji", web.feed("/rss", [web.serve("/berita/1", page)]),
        article_title="#j", article_date="#t", article_author="#p", article_text="td.x",
    )  # fmt: skip
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 1}
    store = home.store()
    (record,) = store.iter_records()
    store.close()
    assert record.post.title == "Judul benar"
    assert record.post.author == "Rina"
    assert record.post.text.startswith("Kalimat panjang")
    assert record.post.published_at is not None
    assert record.post.published_at.isoformat() == "2026-11-17T02:00:00+00:00"
