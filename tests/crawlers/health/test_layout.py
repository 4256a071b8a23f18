"""A site that changes its layout, crawled for real."""

from __future__ import annotations

import json

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb, rss


def test_a_changed_layout_raises_an_alarm_and_shows_in_the_health_of_the_source(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.add("kabar-uji", f"{web.base}/rss")
    for day in range(4):
        links = [web.article(f"/berita/{day}{n}", f"Muara {day} {n}") for n in range(4)]
        replace_feed(web, links)
        home.crawl()
    drawn = "<html><body><div id='app'></div><script>draw()</script></body></html>"
    replace_feed(web, [web.serve(f"/berita/baru{n}", drawn) for n in range(4)])
    report = json.loads(home.run("crawl", "--all", "--json", code=1))
    assert [alarm["code"] for alarm in report["alarms"]] == ["layout_changed"]
    health = json.loads(home.run("sources", "health", "--json"))
    assert health["state"] == "changed"
    assert health["fields"] == {"title": 1.0, "published_at": 1.0, "author": 0.0, "text": 1.0}
    assert health["dispositions"] == {"stored": 16, "refused_too_short": 4}
    assert "kabar-uji                changed" in home.run("sources", "health")
    assert "a page or post without enough text" in home.run("sources", "health", "kabar-uji")


def replace_feed(web: InventedWeb, links: list[str]) -> None:
    """The feed of today."""
    path = "/rss"
    web.server.handlers[:] = [each for each in web.server.handlers if each.matcher.uri != path]
    web.serve(path, rss(web.base, links), "application/rss+xml")
