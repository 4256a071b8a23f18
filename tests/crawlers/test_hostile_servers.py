from __future__ import annotations

import time

from tests.crawlers.raw_server import RawServer
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb, article_html

ENDS = {
    "truncated": "failed_network",
    "drip": "failed_timeout",
    "silent": "failed_timeout",
    "endless": "refused_too_large",
    "huge": "refused_too_large",
    "gzip-bomb": "refused_too_large",
    "false-gzip": "failed_network",
    "reset": "failed_network",
    "garbage": "failed_network",
    "long-header": "failed_network",
    "headers": "failed_network",
    "slow-head": "failed_timeout",
    "reset-in-body": "failed_network",
    "too-long": "refused_too_short",
    "negative": "failed_network",
    "two-lengths": "failed_network",
    "bad-chunk": "failed_network",
    "endless-chunk": "refused_too_large",
    "cut-chunk": "failed_network",
    "loop": "failed_http",
    "there": "failed_http",
    "nowhere": "refused_address",
    "many-layers": "refused_not_html",
    "deep": "refused_too_short",
    "wide": "refused_too_short",
}
GOOD = ("wrong-charset", "no-charset")
"""Pages that lie about their charset, and are read all the same."""
SITEMAPS = {
    "bomb-sitemap.xml": "",
    "outside-sitemap.xml": "",
    "remote-sitemap.xml": "",
    "endless-sitemap.xml": "bigger than crawl.max_body_bytes",
    "packed-sitemap.xml.gz": "unpacks to more than crawl.max_body_bytes",
    "self-sitemap.xml": "",
}


def test_each_bad_answer_has_its_own_end_and_the_good_page_is_stored(
    home: CrawlHome, web: InventedWeb
) -> None:
    with RawServer() as raw:
        home.set(web.host, raw.host, timeout_seconds=6)
        good = web.article("/berita/1", "Hulu")
        home.add(
            "kabar-uji",
            web.feed("/rss", [good, *(f"{raw.base}/{name}" for name in (*ENDS, *GOOD))]),
        )
        for name in ("endless-feed", "endless-json", "deep-json", "bomb-feed", "outside-feed"):
            home.add(name, f"{raw.base}/{name}")
        started = time.monotonic()
        runs = home.crawl(code=1)
        assert time.monotonic() - started < 60
    ends = {
        line["item"].rpartition("/")[2]: line["disposition"]
        for line in home.journal()
        if line["source"] == "kabar-uji" and "item" in line
    }
    assert ends == ENDS
    assert runs["kabar-uji"].dispositions["stored"] == 1 + len(GOOD)
    assert runs["kabar-uji"].error == ""
    assert "bigger than crawl.max_body_bytes" in runs["endless-feed"].error
    for name in ("bomb-feed", "outside-feed"):
        # the feeds can be read, and what their entities hide is not
        assert "refused_outside_source" in runs[name].error or "broken feed" in runs[name].error


def test_a_page_for_a_feed_a_file_a_giant_and_an_endless_feed_each_say_one_line(
    home: CrawlHome, web: InventedWeb
) -> None:
    with RawServer() as raw:
        home.set(web.host, raw.host, timeout_seconds=6)
        web.serve("/halaman", article_html("Hulu"))
        pdf = web.serve("/lampiran.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, "application/pdf")
        giant = web.serve("/raksasa", b"<html>" + b"<p>Banjir lagi.</p>" * 2_700_000)
        good = [web.article(f"/berita/{n}", f"Hilir {n}") for n in (1, 2)]
        home.add("halaman", f"{web.base}/halaman", connector="feed")
        home.add("campur", web.feed("/rss", [good[0], pdf, giant, good[1]]))
        home.add("tanpa-akhir", f"{raw.base}/endless-feed", connector="feed")
        runs = home.crawl(code=None)
    assert runs["campur"].dispositions == {
        "stored": 2,
        "refused_not_html": 1,
        "refused_too_large": 1,
    }
    assert runs["campur"].error == ""
    said = {name: run.error for name, run in runs.items() if run.error}
    assert "is a web page, not a feed" in said["halaman"]
    assert "bigger than crawl.max_body_bytes" in said["tanpa-akhir"]
    lines = [line.get("detail") or line["error"] for line in home.journal()]
    assert len(lines) == 4
    assert not any("\n" in line or "Traceback" in line for line in lines)
    assert {post.title for post in home.posts()} == {f"Tanggul Hilir {n} selesai" for n in (1, 2)}


def test_a_site_without_a_readable_robots_txt_is_not_fetched(
    home: CrawlHome, web: InventedWeb
) -> None:
    feed = web.feed("/rss", [web.article("/berita/1", "Hulu")])
    web.server.clear()
    web.fail("/robots.txt", 503)
    home.add("kabar-uji", feed)
    run = home.crawl(code=1)["kabar-uji"]
    assert "answers 503 for robots.txt, so nothing is fetched from it" in run.error
    assert web.asked["/rss"] == 0


def test_a_site_without_robots_txt_is_fetched(home: CrawlHome, web: InventedWeb) -> None:
    web.server.clear()
    web.fail("/robots.txt", 404)
    home.add("kabar-uji", web.feed("/rss", [web.article("/berita/1", "Hulu")]))
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 1}
    agents = {request.headers["User-Agent"] for request, _ in web.server.log}
    assert agents == {"Luruskan/0.1 (+uji@lembah.example)"}
    assert not any("Cookie" in request.headers for request, _ in web.server.log)


def test_hostile_feeds_and_sitemaps_end_in_bounded_time_and_memory(
    home: CrawlHome, web: InventedWeb
) -> None:
    with RawServer() as raw:
        home.set(web.host, raw.host, timeout_seconds=6)
        for name in SITEMAPS:
            home.add(name.partition(".")[0], f"{raw.base}/{name}")
        home.add("bomb-atom", f"{raw.base}/bomb-atom")
        started = time.monotonic()
        runs = home.crawl(code=1)
        assert time.monotonic() - started < 60
    for name, error in SITEMAPS.items():
        assert error in runs[name.partition(".")[0]].error
    store = home.store()
    assert list(store.iter_records()) == []
    store.close()
    everything = "".join(str(line) for line in home.journal())
    assert "root:" not in everything
    assert runs["self-sitemap"].found <= 60


def test_a_storm_of_server_errors_stops_at_the_source(home: CrawlHome, web: InventedWeb) -> None:
    links = [web.fail(f"/berita/{n}", 500 + n % 5) for n in range(60)]
    good = web.article("/berita/baik", "Hulu")
    home.add("kabar-uji", web.feed("/rss", [*links, good]))
    run = home.crawl()["kabar-uji"]
    assert run.dispositions["stored"] == 1
    assert run.found == 61
    assert sum(web.asked[f"/berita/{n}"] for n in range(60)) <= 60, "nothing is asked for twice"
