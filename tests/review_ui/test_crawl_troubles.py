"""The crawler's English stays in the record; the desk says it in Indonesian, with what may help."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from indices.documents import CrawlRun
from review_ui.crawl_troubles import explain_trouble
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("https://feed.example/robots.txt the site answers 500", "menjawab dengan kesalahan"),
        ("https://a.example/ has a host name that does not exist", "tidak ditemukan"),
        ("https://a.example/ robots.txt could not be read: broke off", "terputus"),
        ("https://a.example/ the site answers 503 for robots.txt, so", "robots.txt"),
        ("https://a.example/ is a web page, not a feed; look for its RSS address", "umpan RSS"),
        ("https://a.example/ took longer than crawl.timeout_seconds", "terlalu lama"),
        ("none of 3 items could be taken: failed_http 3, see logs", "Tidak satu pun"),
        ("https://x.com does not buy 10 posts; raise platforms.x_monthly_rupiah or", "Anggaran"),
        ("https://www.youtube.com it begins again at midnight Pacific", "Kuota YouTube"),
        ("https://bsky.app set platforms.bluesky_handle and", "Kunci untuk platform"),
        ("https://t.me/x has no public preview: x is private", "Kanal ini tertutup"),
        ("3 of 3 items could not be read; has the platform changed its layout?", "berubah"),
        ("the stream no longer holds 2.0 hours since the last crawl", "terlalu lama tidak dibaca"),
        ("something new", "tidak bisa dibaca"),
    ],
)
def test_a_trouble_is_told_in_words_of_the_interface(app: Flask, error: str, said: str) -> None:
    with app.test_request_context("/"):
        assert said in explain_trouble(error)


def test_the_page_of_sources_shows_the_crawlers_own_words_as_technical(
    newsroom: Newsroom, app: Flask
) -> None:
    now = datetime.now(UTC)
    newsroom.store.put_crawl_run(
        CrawlRun(
            id="r1/warga",
            run_id="r1",
            source_id="warga",
            started_at=now,
            finished_at=now,
            found=0,
            dispositions={},
            error="https://warga.lembahsarang.example refuses connections",
        )
    )
    visitor = Visitor(app)
    visitor.sign_in("penelaah")
    page = visitor.get("/sumber")
    assert "Situs ini menolak sambungan" in page
    assert 'lang="en">https://warga.lembahsarang.example refuses connections' in page
