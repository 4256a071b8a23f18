from __future__ import annotations

import time

from tests.crawlers.raw_server import RawServer
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

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
}


def test_each_bad_answer_has_its_own_end_and_the_good_page_is_stored(
    home: CrawlHome, web: InventedWeb
) -> None:
    with RawServer() as raw:
        home.set(web.host, raw.host, timeout_seconds=3)
        good = web.article("/berita/1", "Hulu")
        home.add("kabar-uji", web.feed("/rss", [good, *(f"{raw.base}/{name}" for name in ENDS)]))
        for name in ("endless-feed", "bomb-feed", "outside-feed"):
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
    assert runs["kabar-uji"].dispositions["stored"] == 1
    assert runs["kabar-uji"].error == ""
    assert "bigger than crawl.max_body_bytes" in runs["endless-feed"].error
    for name in ("bomb-feed", "outside-feed"):
        # the feeds can be read, and what their entities hide is not
        assert "refused_outside_source" in runs[name].error or "broken feed" in runs[name].error


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
