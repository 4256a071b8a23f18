from __future__ import annotations

import json
from pathlib import Path

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb, article_html


def test_a_file_is_read_as_the_page_of_its_address(home: CrawlHome, tmp_path: Path) -> None:
    page = tmp_path / "halaman.html"
    page.write_text(article_html("Muara", "<link rel=canonical href='/berita/1'>"))
    words = ("extract", str(page), "--url", "https://kabaruji.example/berita/1?x=y")
    found = json.loads(home.run(*words, "--json"))
    assert found["title"] == "Tanggul Muara selesai"
    assert found["published_at"] == "2026-11-16T09:15:00+08:00"
    assert found["canonical_url"] == "https://kabaruji.example/berita/1"
    assert found["author"] is None
    assert found["text"].count("\n") == 3
    shown = home.run(*words)
    assert "2026-11-16T09:15:00+08:00   (line on the page)" in shown


def test_an_address_is_fetched_with_the_care_of_a_crawl(
    home: CrawlHome, web: InventedWeb, forbidden: InventedWeb
) -> None:
    page = web.article("/berita/1", "Muara")
    assert json.loads(home.run("extract", page, "--json"))["title"] == "Tanggul Muara selesai"
    for address, mend in {
        f"{web.base}/rahasia/1": "robots.txt forbids it",
        f"{forbidden.base}/": "add 127.0.0.1:",
        web.serve("/gambar", b"\x89PNG" + b"\0" * 40, "image/png"): "is not an HTML page",
    }.items():
        home.run("extract", address, code=2)
        assert mend in home.errors
        assert len(home.errors.strip().splitlines()) == 1
    assert forbidden.server.log == []


def test_a_file_that_cannot_be_read_is_named_in_one_line(home: CrawlHome, tmp_path: Path) -> None:
    binary = tmp_path / "gambar.png"
    binary.write_bytes(b"\x89PNG" + b"\0" * 40)
    for page, mend in {
        str(tmp_path / "tiada.html"): "cannot be read (No such file or directory)",
        str(tmp_path): "cannot be read (Is a directory)",
        "ftp://kabaruji.example/1": "only http and https are fetched",
        str(binary): "is not an HTML page",
    }.items():
        home.run("extract", page, code=2)
        assert mend in home.errors
        assert len(home.errors.strip().splitlines()) == 1
    home.run("extract", str(binary), "--url", "http://[rusak", code=2)
    assert "is no address" in home.errors
