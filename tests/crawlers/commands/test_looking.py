"""`luruskan sources check|discover` against a real server."""

from __future__ import annotations

import json

import pytest

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb, article_html, claim_review

HEAD = "<link rel='alternate' type='application/rss+xml' title='{title}' href='{href}'>"


def home_page(web: InventedWeb, head: str = "", body: str = "") -> str:
    named = "<meta property='og:site_name' content='Kabar Uji'>"
    page = f"<html><head>{named}{head}<title>Beranda</title></head><body>{body}</body></html>"
    return web.serve("/", page)


def links(web: InventedWeb, count: int) -> list[str]:
    return [web.article(f"/berita/{n}", f"Muara {n}") for n in range(count)]


def test_a_check_shows_what_would_be_taken_and_stores_nothing(
    home: CrawlHome, web: InventedWeb
) -> None:
    odd = web.serve("/berita/pendek", "<html><body><p>Galeri foto</p></body></html>")
    home.add("kabar-uji", web.feed("/rss", [odd, *links(web, 8)]))
    shown = home.run("sources", "check", "kabar-uji", "--items", "4")
    assert f"kabar-uji: feed {web.base}/rss" in shown
    assert "found 9: 3 would be taken, 5 more not fetched for this sample" in shown
    assert "refused_too_short" in shown
    assert "2026-11-16 09:15" in shown
    assert "Tanggul Muara 2 selesai" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if "characters  " in line)
    assert web.asked["/berita/7"] == 0
    store = home.store()
    assert list(store.iter_records()) == []
    assert list(store.iter_crawl_runs()) == []
    assert store.find_crawl_state("kabar-uji") is None
    store.close()
    assert not (home.path / "evidence").exists()
    assert home.journal() == []


def test_a_check_marks_the_day_only_where_it_worked(home: CrawlHome, web: InventedWeb) -> None:
    home.add("baik", web.feed("/rss", links(web, 1)))
    home.add("mati", web.fail("/mati", 404))
    out = home.run("sources", "check", "--all", "--mark", "--json", code=1)
    shown = {line["source"]: line for line in map(json.loads, out.splitlines())}
    assert shown["baik"]["items"][0]["title"] == "Tanggul Muara 0 selesai"
    assert shown["baik"]["items"][0]["taken"] is True
    assert "answers 404" in shown["mati"]["error"]
    store = home.store()
    assert store.find_source("baik").verified_on is not None  # type: ignore[union-attr]
    assert store.find_source("mati").verified_on is None  # type: ignore[union-attr]
    store.close()


def test_a_fact_checkers_sample_shows_its_fact_checks(home: CrawlHome, web: InventedWeb) -> None:
    debunk = f"{web.base}/periksa/sumur"
    web.serve("/periksa/sumur", article_html("Sumur", claim_review(debunk, "Diracun", "Salah")))
    home.add("periksa", web.feed("/periksa/rss", [debunk]), kind="fact_checker")
    assert "found 1: 1 would be taken" in home.run("sources", "check", "periksa")
    assert "Tanggul Sumur selesai" in home.run("sources", "check", "periksa")


def test_a_check_needs_a_name(home: CrawlHome) -> None:
    home.run("sources", "check", code=2)
    assert "name a source, or give --all" in home.errors
    home.run("sources", "check", "tiada", code=2)
    assert "no source 'tiada'" in home.errors


def test_a_site_is_discovered_by_what_its_page_names_and_added_on_yes(
    home: CrawlHome, web: InventedWeb
) -> None:
    comments = HEAD.format(title="Kabar Uji - Comments Feed", href="/comments/feed/")
    home_page(web, comments + HEAD.format(title="Kabar Uji", href="/terkini.rss"))
    web.feed("/terkini.rss", links(web, 3))
    web.feed("/comments/feed/", [])
    words = ("sources", "discover", f"{web.base}/", "--id", "kabar-uji", "--region", "Lembah")
    shown = home.run(*words, code=1)  # nobody says yes
    assert "Kabar Uji offers:" in shown
    assert f"> 1  feed          3 links    {web.base}/terkini.rss" in shown
    assert "3 would be taken" in shown
    assert home.run("sources", "list") == ""
    assert web.asked["/comments/feed/"] == 0
    home.run(*words, "--yes")
    listed = json.loads(home.run("sources", "list", "--json"))
    assert (listed["url"], listed["name"], listed["region"]) == (
        f"{web.base}/terkini.rss", "Kabar Uji", "Lembah",
    )  # fmt: skip
    assert "is watched already as kabar-uji" in home.run(*words, "--yes")
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 3}


@pytest.mark.parametrize("place", ["robots.txt", "usual place"])
def test_a_site_without_a_feed_is_read_through_its_sitemap(
    home: CrawlHome, web: InventedWeb, place: str
) -> None:
    home_page(web)
    urls = "".join(f"<url><loc>{link}</loc></url>" for link in links(web, 2))
    path = "/peta.xml" if place == "robots.txt" else "/sitemap.xml"
    web.serve(path, f"<urlset>{urls}</urlset>", "text/xml")
    if place == "robots.txt":
        web.server.clear()
        web.serve("/robots.txt", f"Sitemap: {web.base}/peta.xml\n", "text/plain")
        web.serve(path, f"<urlset>{urls}</urlset>", "text/xml")
        links(web, 2)
        home_page(web)
    home.run("sources", "discover", f"{web.base}/", "--id", "peta", "--yes")
    assert json.loads(home.run("sources", "list", "--json"))["connector"] == "sitemap"
    assert home.crawl()["peta"].dispositions == {"stored": 2}


def test_a_site_that_offers_nothing_says_what_to_do_instead(
    home: CrawlHome, web: InventedWeb
) -> None:
    broken = HEAD.format(title="x", href="http://[rusak")
    home_page(web, broken, body="<a href='/kontak'>Kontak</a><a href='http://[rss'>RSS</a>")
    home.run("sources", "discover", f"{web.base}/", "--yes", code=2)
    assert "names no feed or sitemap; watch one of its listing pages instead" in home.errors
    home.run("sources", "discover", web.fail("/mati", 500), code=2)
    assert "answers 500" in home.errors


def test_a_feed_that_gives_no_article_is_not_added(home: CrawlHome, web: InventedWeb) -> None:
    web.serve("/berita/pendek", "<html><body><p>Galeri foto</p></body></html>")
    web.feed("/rss", [f"{web.base}/berita/pendek"])
    home_page(web, body="<a href='/rss'>RSS</a>")
    home.run("sources", "discover", f"{web.base}/", "--id", "uji", "--yes", code=2)
    assert "gave nothing that could be taken; try another with --pick" in home.errors
    assert home.run("sources", "list") == ""
