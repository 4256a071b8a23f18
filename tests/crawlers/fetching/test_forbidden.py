"""No address, redirect, feed, sitemap, page, robots.txt or proxy leads inside the network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from itertools import cycle
from xml.sax.saxutils import escape

import pytest

from tests.crawlers.fetching.tricks import NAMES, tricks
from tests.crawlers.forbidden_server import ForbiddenServer
from tests.crawlers.running import CrawlHome, fetch_all
from tests.crawlers.web import InventedWeb, article_html, rss

REDIRECTS = (301, 302, 303, 307, 308)


@pytest.fixture
def secret() -> Iterator[ForbiddenServer]:
    with ForbiddenServer() as server:
        yield server


def test_the_forbidden_server_does_count(secret: ForbiddenServer) -> None:
    with socket.create_connection(("127.0.0.1", secret.port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert b"rahasia" in connection.recv(1000)
    assert len(secret.connections) == 1


def test_no_trick_and_no_redirect_to_one_reaches_a_server_inside_the_network(
    web: InventedWeb, secret: ForbiddenServer
) -> None:
    direct = tricks(secret.port)
    assert len(direct) >= 150
    statuses = cycle(REDIRECTS)
    redirects = [
        web.redirect(f"/ke/{n}", trick.strip(), next(statuses))
        for n, trick in enumerate(direct)
        if trick.isascii() and trick.isprintable()
    ]
    assert len(redirects) >= 120
    outcome = fetch_all([*direct, *redirects], allowed=[web.host], names=NAMES)
    assert len(outcome) == len({*direct, *redirects})
    assert "fetched" not in outcome.values()
    assert sum(web.asked[f"/ke/{n}"] for n in range(len(direct))) == len(redirects)
    assert outcome[f"{secret.base}/"] == "refused_address"
    assert outcome[f"http://inside.example:{secret.port}/"] == "refused_address"
    assert outcome[f"http://[::1]:{secret.port}/"] == "refused_address"
    assert secret.connections == []


def test_a_name_that_changes_its_mind_is_judged_at_each_connection(
    web: InventedWeb, secret: ForbiddenServer
) -> None:
    url = f"http://turning.example:{secret.port}/"
    again = [f"{url}{n}" for n in range(4)]
    outcome = fetch_all(again, names={"turning.example": "192.0.2.1 127.0.0.1 127.0.0.1"})
    assert "fetched" not in outcome.values()
    assert secret.connections == []


def test_no_entry_of_a_feed_and_no_page_of_a_sitemap_leads_inside(
    home: CrawlHome, web: InventedWeb, secret: ForbiddenServer
) -> None:
    everything = [each for each in tricks(secret.port) if each.isprintable()]
    good = web.article("/berita/1", "Hulu")
    home.add("umpan", web.serve("/rss", rss(web.base, [*everything, good]), "application/rss+xml"))
    home.add("peta", web.serve("/peta/sitemap.xml", locations("url", everything), "text/xml"))
    index = locations("sitemap", [*everything[:40], web.serve("/b.xml", locations("url", []))])
    home.add("induk", web.serve("/sitemap.xml", index, "text/xml"))
    runs = home.crawl(code=None)
    assert runs["umpan"].dispositions["stored"] == 1
    assert runs["umpan"].found > 150
    assert runs["peta"].found > 150
    assert runs["induk"].found >= 40
    assert not (runs["peta"].dispositions.keys() | runs["induk"].dispositions.keys()) & {
        "stored", "updated", "failed_store",
    }  # fmt: skip
    assert secret.connections == []


def locations(kind: str, urls: list[str]) -> str:
    root = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    inside = "".join(f"<{kind}><loc>{escape(url)}</loc></{kind}>" for url in urls)
    return f"<{root}>{inside}</{root}>"


def test_what_a_page_says_of_itself_is_never_fetched(
    home: CrawlHome, web: InventedWeb, secret: ForbiddenServer
) -> None:
    inside = f"{secret.base}/rahasia"
    head = (
        f"<meta http-equiv='refresh' content='0; url={inside}'>"
        f"<link rel='canonical' href='{inside}'>"
        f"<base href='{inside}'><link rel='amphtml' href='{inside}'><meta property='og:image' "
        f"content='{inside}'><script src='{inside}'></script><link rel='alternate' "
        f"type='application/rss+xml' href='{inside}'>"
    )
    page = article_html("Hulu", head).replace("<p>", f"<img src='{inside}'><p>", 1)
    home.add("umpan", web.feed("/rss", [web.serve("/berita/1", page)]))
    assert home.crawl()["umpan"].dispositions == {"stored": 1}
    home.run("sources", "discover", web.serve("/", page), "--yes", code=None)
    assert secret.connections == []


def test_robots_txt_leads_nowhere_inside(web: InventedWeb, secret: ForbiddenServer) -> None:
    web.server.clear()
    web.redirect("/robots.txt", f"{secret.base}/robots.txt")
    page = web.article("/berita/1", "Hulu")
    assert fetch_all([page], allowed=[web.host]) == {page: "refused_address"}
    assert web.asked["/berita/1"] == 0
    assert secret.connections == []


def test_sitemaps_that_robots_txt_names_are_judged_too(
    home: CrawlHome, web: InventedWeb, secret: ForbiddenServer
) -> None:
    web.server.clear()
    web.serve("/robots.txt", f"Sitemap: {secret.base}/sitemap.xml\n", "text/plain")
    home.run("sources", "discover", web.serve("/", "<html><body>halo</body></html>"), code=2)
    assert secret.connections == []


def test_proxies_of_the_environment_are_not_asked(
    home: CrawlHome, web: InventedWeb, secret: ForbiddenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ):
        monkeypatch.setenv(name, secret.base)
    home.add("umpan", web.feed("/rss", [web.article("/berita/1", "Hulu")]))
    assert home.crawl()["umpan"].dispositions == {"stored": 1}
    assert secret.connections == []
