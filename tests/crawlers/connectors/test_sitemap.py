from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug import Request, Response

from crawlers.connectors.sitemap import parse_sitemap
from crawlers.fetching.errors import FetchError
from crawlers.work import SourceUnreadableError
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

XML = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def test_an_index_is_followed_to_the_pages_of_the_last_days(
    home: CrawlHome, web: InventedWeb
) -> None:
    today = datetime.now(UTC)
    old = (today - timedelta(days=90)).date().isoformat()
    fresh = today.strftime("%Y-%m-%dT%H:%M:%SZ")
    news = f"""<urlset xmlns="{XML}" xmlns:news="{NEWS}">
      <url><loc>{web.article("/berita/1", "Hulu")}</loc><news:news>
        <news:publication_date>{fresh}</news:publication_date><news:title>Hulu</news:title>
      </news:news></url>
      <url><loc>{web.article("/berita/lama", "Lama")}</loc><lastmod>{old}</lastmod></url>
      </urlset>"""
    web.serve("/berita.xml.gz", gzip.compress(news.encode()), "application/gzip")
    web.serve("/arsip.xml", f'<urlset xmlns="{XML}"></urlset>', "text/xml")
    index = f"""<sitemapindex xmlns="{XML}">
      <sitemap><loc>{web.base}/berita.xml.gz</loc><lastmod>{fresh}</lastmod></sitemap>
      <sitemap><loc>{web.base}/arsip.xml</loc><lastmod>{old}</lastmod></sitemap>
      <sitemap><loc>{web.fail("/rusak.xml", 500)}</loc></sitemap></sitemapindex>"""
    home.add("peta", web.serve("/sitemap.xml", index, "text/xml"))
    run = home.crawl()["peta"]
    assert run.dispositions == {"stored": 1, "failed_http": 1}
    assert web.asked["/arsip.xml"] == 0
    assert web.asked["/berita/lama"] == 0
    assert home.crawl()["peta"].dispositions == {"duplicate": 1, "failed_http": 1}


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>halo</body></html>", b"\x1f\x8brusak", b"<peta/>", b"teks"]
)
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    with pytest.raises(SourceUnreadableError):
        parse_sitemap(body, 1000)


def test_a_packed_sitemap_is_unpacked_no_further_than_the_bound() -> None:
    with pytest.raises(FetchError, match="unpacks to more"):
        parse_sitemap(gzip.compress(b" " * 5000), 1000)


def test_entities_of_a_sitemap_are_not_followed() -> None:
    body = b"""<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/hostname">]>
      <urlset><url><loc>https://x.example/&f;</loc></url></urlset>"""
    assert "".join(parse_sitemap(body, 1000).itertext()).strip() == "https://x.example/&f;"


def test_an_unchanged_sitemap_is_asked_for_by_its_mark_only(
    home: CrawlHome, web: InventedWeb
) -> None:
    body = (
        f"<urlset xmlns='{XML}'><url><loc>{web.article('/berita/1', 'Hulu')}</loc></url></urlset>"
    )
    sent: list[int] = []

    def answer(request: Request) -> Response:
        sent.append(304 if request.headers.get("If-Modified-Since") else 200)
        changed = {"Last-Modified": "Mon, 16 Nov 2026 01:00:00 GMT"}
        return Response("" if sent[-1] == 304 else body, sent[-1], changed)

    web.server.expect_request("/peta.xml").respond_with_handler(answer)
    home.add("peta", f"{web.base}/peta.xml")
    store = home.store()
    store.put_source(replace(store.find_source("peta"), connector="sitemap"))  # type: ignore[type-var]
    store.close()
    assert home.crawl()["peta"].dispositions == {"stored": 1}
    assert home.crawl()["peta"].dispositions == {"duplicate": 1}
    assert sent == [200, 304]
