from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from werkzeug import Request, Response

from crawlers.pseudonyms import pseudonym
from indices.documents import PostRecord
from tests.crawlers.running import KEY, CrawlHome
from tests.crawlers.web import InventedWeb, article_html, claim_review, rss


def add_sources(home: CrawlHome, web: InventedWeb) -> None:
    """One source of every kind, each with something in it."""
    links = [web.article(f"/berita/{n}", f"Muara {n}") for n in range(6)]
    web.serve("/berita/pendek", "<html><body><p>Galeri foto</p></body></html>")
    web.serve("/berita/gambar", b"\x89PNG\r\n" + b"\0" * 99, "image/png")
    odd = [f"{web.base}/berita/pendek", f"{web.base}/berita/gambar", f"{web.base}/rahasia/1"]
    odd += [web.fail("/berita/hilang", 404), "https://lain.example/berita/1", links[0]]
    home.add("kabar-uji", web.feed("/rss", links + odd))
    for n in range(90):
        web.toot(n, f"Antrean air bersih di posko {n} belum juga terurai sejak pagi")
    boosted = web.statuses[5]
    web.toot(90, "", reblog=boosted)
    web.toot(91, "rahasia", visibility="private")
    web.statuses.append({"id": "1"})
    home.add("warga", web.base, hashtag="#lembah")
    table = home.path / "aduan.csv"
    table.write_bytes(
        "\ufeffNomor;Teks;Tanggal;Pengirim\r\n"
        "1;Pesan berantai tentang sumur tercemar;16/11/2026 10:00;Budi\r\n"
        "2;hanya dua sel\r\n"
        "3;Kabar penutupan jembatan;16/11/2026;Sari\r\n".encode()
    )
    home.add("aduan", str(table), platform="whatsapp", columns="id=nomor,author=pengirim")
    debunk = f"{web.base}/periksa/sumur"
    head = claim_review(debunk, "Sumur desa diracun", "Salah")
    web.serve("/periksa/sumur", article_html("Sumur", head))
    home.add("periksa-uji", web.feed("/periksa/rss", [debunk]), kind="fact_checker")


def test_every_connector_fills_the_record_and_a_second_crawl_changes_nothing(
    home: CrawlHome, web: InventedWeb
) -> None:
    add_sources(home, web)
    first = home.crawl()
    assert first["kabar-uji"].dispositions == {
        "stored": 6, "duplicate": 1, "failed_http": 1, "refused_not_html": 1,
        "refused_outside_source": 1, "refused_robots": 1, "refused_too_short": 1,
    }  # fmt: skip
    assert first["warga"].dispositions == {
        "stored": 90, "duplicate": 1, "failed_parse": 1, "refused_outside_source": 1,
    }  # fmt: skip
    assert first["aduan"].dispositions == {"stored": 2, "failed_parse": 1}
    assert first["periksa-uji"].dispositions == {"stored": 1}
    assert web.asked["/rahasia/1"] == 0
    records = all_records(home)
    assert len(records) == 98
    check_contents(home, records)
    asked = Counter(web.asked)

    second = home.crawl()
    assert all_records(home) == records, "a re-run must not touch a single field"
    assert "stored" not in second["kabar-uji"].dispositions
    assert second["kabar-uji"].dispositions["duplicate"] == 7
    assert second["warga"].found == 0
    assert second["aduan"].dispositions == {"duplicate": 2, "failed_parse": 1}
    fetched_again = {path for path in web.asked if web.asked[path] > asked[path]}
    assert fetched_again == {
        "/robots.txt", "/rss", "/periksa/rss", "/berita/hilang", "/api/v1/timelines/tag/lembah",
    }, "known pages and lasting refusals are not fetched again"  # fmt: skip


def all_records(home: CrawlHome) -> list[PostRecord]:
    store = home.store()
    records = list(store.iter_records())
    store.close()
    return records


def check_contents(home: CrawlHome, records: list[PostRecord]) -> None:
    posts = [record.post for record in records]
    article = next(post for post in posts if post.url.endswith("/berita/3"))
    assert article.title == "Tanggul Muara 3 selesai"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-11-16T01:15:00+00:00"
    assert article.text.count("\n") == 3
    toot = next(post for post in posts if post.url.endswith("/@warga_7/1007"))
    assert toot.reach == {"likes": 3, "shares": 2, "replies": 1}
    assert toot.author == pseudonym(toot.url.rsplit("/", 1)[0], KEY)
    tip = next(post for post in posts if post.text.startswith("Pesan berantai"))
    assert tip.platform == "whatsapp"
    assert tip.author.startswith("warga-")
    everything = "".join(str(post) for post in posts)
    assert "Nama Asli" not in everything
    assert "Budi" not in everything
    store = home.store()
    fact_checks = list(store.iter_fact_checks())
    store.close()
    assert [(each.claim, each.verdict, each.publisher) for each in fact_checks] == [
        ("Sumur desa diracun", "Salah", "Periksa Uji")
    ]
    check_evidence(home, {post.evidence for post in posts if post.evidence}, article.evidence)


def check_evidence(
    home: CrawlHome, named: set[str], of_article: str, holds: bytes = b"Tanggul Muara 3"
) -> None:
    """Every record that a post names is there, and holds what was sent."""
    kept = {}
    for path in (home.path / "evidence").iterdir():
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                identity = record.rec_headers.get_header("WARC-Record-ID").strip("<>")
                kept[f"{path.name}#{identity}"] = record.content_stream().read()
    assert {each.rpartition("#")[0] for each in named} <= set(kept)
    assert holds in kept[of_article.rpartition("#")[0]]


def test_a_source_that_cannot_be_read_says_how_to_mend_it_and_the_rest_goes_on(
    home: CrawlHome, web: InventedWeb
) -> None:
    page = (
        "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/rss'>"
    )
    sources = {
        "beranda": web.serve("/", f"{page}</head><body>Beranda</body></html>"),
        "gambar": web.serve("/gambar", b"\x89PNG" + b"\0" * 50, "image/png"),
        "rusak": web.serve("/rusak", "<rss><channel><item><title>x", "application/rss+xml"),
        "besar": web.serve("/besar", b"<rss>" + b" " * 400_000, "application/rss+xml"),
        "mati": web.fail("/mati", 503),
        "putar": web.redirect("/putar", "/putar"),
        "bukan-mastodon": f"{web.base}/bukan",
        "baik": web.feed("/rss", [web.article("/berita/1", "Hulu")]),
    }
    web.serve("/bukan/api/v1/timelines/tag/x", "<html>halo</html>")
    for name, url in sources.items():
        home.add(name, url, **({"hashtag": "x"} if name == "bukan-mastodon" else {}))
    runs = home.crawl(code=1)
    errors = {name: run.error for name, run in runs.items()}
    assert (
        f"is a web page, not a feed; the page names its feed: {web.base}/rss" in errors["beranda"]
    )
    assert "binary file, not a feed" in errors["gambar"]
    assert "bigger than crawl.max_body_bytes" in errors["besar"]
    assert "answers 503" in errors["mati"]
    assert "redirects more than 5 times" in errors["putar"]
    assert "as a Mastodon server does" in errors["bukan-mastodon"]
    assert errors["baik"] == ""
    assert runs["baik"].dispositions == {"stored": 1}
    assert all("\n" not in error for error in errors.values())


def test_only_the_named_source_is_crawled_and_an_unknown_one_is_refused(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.add("satu", web.feed("/a", [web.article("/berita/1", "Hulu")]))
    home.add("dua", web.feed("/b", [web.article("/berita/2", "Hilir")]))
    assert set(home.crawl("--source", "dua")) == {"dua"}
    assert web.asked["/a"] == 0
    home.run("crawl", "--source", "tiga", code=2)
    assert (
        home.errors.strip() == "luruskan: no source 'tiga'; `luruskan sources list` names them all"
    )


def test_a_second_crawl_at_the_same_time_is_refused_in_one_line(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.set(web.host, timeout_seconds=60)
    refused = threading.Event()

    def answer_late(_: Request) -> Response:
        refused.wait(60)
        return Response("terlambat")

    web.server.expect_request("/lambat").respond_with_handler(answer_late)
    home.add("lambat", f"{web.base}/lambat")
    running = home.start("crawl")
    wait_for(lambda: bool(web.asked["/robots.txt"]))
    home.run("crawl", code=75)
    refused.set()
    assert "a crawl is already running" in home.errors
    assert len(home.errors.strip().splitlines()) == 1
    running.communicate(timeout=30)


def wait_for(condition: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize("pages_served", [3, 90])
def test_a_killed_crawl_is_made_good_by_the_next(
    home: CrawlHome, web: InventedWeb, pages_served: int
) -> None:
    links = [web.article(f"/berita/{n}", f"Muara {n}") for n in range(100)]
    home.add("kabar-uji", web.feed("/rss", links))
    for n in range(60):
        web.toot(n, f"Antrean air bersih di posko {n} belum juga terurai")
    home.add("warga", web.base, hashtag="lembah")
    running = home.start("crawl")
    wait_for(lambda: sum(web.asked[f"/berita/{n}"] for n in range(100)) >= pages_served)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    store = home.store()
    begun = list(store.iter_crawl_runs())
    store.close()
    assert begun
    assert any(run.finished_at is None for run in begun), "the killed run must stay visible"

    runs = home.crawl(everything=False)
    assert "kabar-uji" in runs, "what was interrupted is due at once"
    assert not any(run.error for run in runs.values())
    assert Counter(record.post.platform for record in all_records(home)) == {
        "web": 100, "mastodon": 60,
    }  # fmt: skip
    assert set(home.crawl()["kabar-uji"].dispositions) == {"duplicate"}


def test_ctrl_c_ends_a_crawl_in_order(home: CrawlHome, web: InventedWeb) -> None:
    home.set(web.host, delay_seconds=0.2)
    links = [web.article(f"/berita/{n}", f"Muara {n}") for n in range(50)]
    home.add("kabar-uji", web.feed("/rss", links))
    running = home.start("crawl", "--json")
    wait_for(lambda: bool(web.asked["/berita/2"]))
    os.kill(running.pid, signal.SIGINT)
    out, _ = running.communicate(timeout=20)
    run = json.loads(out)["runs"][0]
    assert run["finished_at"] is not None
    assert run["dispositions"]["stored"] >= 1
    assert run["dispositions"]["failed_not_reached"] >= 30
    assert "stopped before its end" in run["error"]
    assert running.returncode == 1
    assert run["found"] == sum(run["dispositions"].values())
    home.set(web.host)
    rest = home.crawl(everything=False)["kabar-uji"]
    assert sum(rest.dispositions.values()) == 50
    assert len(all_records(home)) == 50


def test_a_source_that_fails_or_falls_silent_raises_an_alarm(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.add("kabar-uji", web.feed("/rss", [web.article("/berita/1", "Hulu")]))
    home.add("mati", web.fail("/mati", 500))
    for _ in range(3):
        home.crawl("--source", "kabar-uji")
    web.server.clear()
    web.serve("/robots.txt", "", "text/plain")
    web.feed("/rss", [])
    report = json.loads(home.run("crawl", "--all", "--json", code=1))
    alarms = {alarm["about"]: alarm for alarm in report["alarms"]}
    assert alarms["mati"]["code"] == "source_failed"
    assert alarms["kabar-uji"]["code"] == "source_silent"
    assert "biasanya 1" in alarms["kabar-uji"]["text"]


def test_an_article_is_fetched_again_when_its_feed_says_that_it_changed(
    home: CrawlHome, web: InventedWeb
) -> None:
    link = web.article("/berita/1", "Hulu")
    home.add("kabar-uji", web.feed("/rss", [link]))
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 1}
    for answer, end in (("hilang", "failed_http"), ("baru", "updated")):
        web.server.clear()
        web.serve("/robots.txt", "", "text/plain")
        feed = rss(web.base, [link]).replace("01:00:00", "02:30:00")
        web.serve("/rss", feed, "application/rss+xml")
        if answer == "baru":
            web.article("/berita/1", "Hulu dan Hilir")
        else:
            web.fail("/berita/1", 404)
        assert home.crawl(code=None)["kabar-uji"].dispositions == {end: 1}
    first, *others = all_records(home)
    assert not others
    assert first.post.title == "Tanggul Hulu dan Hilir selesai"


def test_an_unchanged_feed_is_asked_for_by_its_mark_only(home: CrawlHome, web: InventedWeb) -> None:
    body = rss(web.base, [web.article("/berita/1", "Hulu")])
    sent: list[int] = []

    def answer(request: Request) -> Response:
        sent.append(304 if request.headers.get("If-None-Match") == '"satu"' else 200)
        return Response("" if sent[-1] == 304 else body, sent[-1], {"ETag": '"satu"'})

    web.server.expect_request("/rss").respond_with_handler(answer)
    home.add("kabar-uji", f"{web.base}/rss")
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 1}
    assert home.crawl()["kabar-uji"].dispositions == {"duplicate": 1}
    assert sent == [200, 304]


def test_the_first_rows_of_two_offices_lists_are_two_posts(home: CrawlHome, tmp_path: Path) -> None:
    for office, text in {"hulu": "Jembatan gantung putus", "hilir": "Lampu jalan padam"}.items():
        path = tmp_path / f"{office}.csv"
        path.write_text(f"id,teks\n1,{text}\n", encoding="utf-8")
        home.add(office, str(path))
    assert all(run.dispositions == {"stored": 1} for run in home.crawl().values())
    assert {record.post.text for record in all_records(home)} == {
        "Jembatan gantung putus", "Lampu jalan padam",
    }  # fmt: skip


def test_an_article_in_parts_is_read_whole_and_its_variants_are_one_post(
    home: CrawlHome, web: InventedWeb
) -> None:
    def answer(request: Request) -> Response:
        web.asked[request.full_path] += 1
        whole = request.args.get("page") == "all"
        page = article_html("Hulu", paragraphs=9 if whole else 2)
        return Response(
            page.replace("<footer>", "<a href='?page=all'>Semua</a><footer>"), mimetype="text/html"
        )

    web.server.expect_request("/berita/1").respond_with_handler(answer)
    web.server.expect_request("/berita/1/amp").respond_with_handler(answer)
    link = f"{web.base}/berita/1"
    feed = web.feed("/rss", [link, f"{link}?page=all", f"{link}/amp", f"{link}?utm_source=x"])
    home.add("kabar-uji", feed)
    assert home.crawl()["kabar-uji"].dispositions == {"stored": 1, "duplicate": 3}
    (record,) = all_records(home)
    assert record.post.text.count("\n") == 8
    assert web.asked["/berita/1?page=all"] == 1


def test_pages_that_are_no_articles_are_refused_by_name(home: CrawlHome, web: InventedWeb) -> None:
    closed = "<meta property='article:content_tier' content='locked'>"
    web.serve("/berita/1", article_html("Hulu", closed, 2))
    web.serve("/foto/1", article_html("Hulu", paragraphs=1))
    web.serve("/video/1", article_html("Hulu", paragraphs=1))
    links = [f"{web.base}/{path}" for path in ("berita/1", "foto/1", "video/1")]
    home.add("kabar-uji", web.feed("/rss", links))
    ends = {"refused_paywall": 1, "refused_gallery": 1, "refused_video": 1}
    assert home.crawl(code=None)["kabar-uji"].dispositions == ends
    assert home.crawl(code=None)["kabar-uji"].dispositions == ends
    assert web.asked["/berita/1"] == 1, "it would end the same way tomorrow"


def test_earlier_wordings_of_an_article_stay_with_their_evidence(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.add("kabar-uji", f"{web.base}/rss")
    link = f"{web.base}/berita/1"
    for number, name in enumerate(("Hulu", "Hilir", "Hilir", "Muara")):
        web.server.clear()
        web.serve("/robots.txt", "", "text/plain")
        web.article("/berita/1", name)
        feed = rss(web.base, [link]).replace("01:00:00", f"0{number}:30:00")
        web.serve("/rss", feed, "application/rss+xml")
        home.crawl()
    (record,) = all_records(home)
    titles = [version.title for version in record.post.versions]
    assert titles == ["Tanggul Hulu selesai", "Tanggul Hilir selesai"]
    assert record.post.title == "Tanggul Muara selesai"
    evidence = [record.post.evidence, *(version.evidence for version in record.post.versions)]
    assert len(set(evidence)) == 3
    check_evidence(home, set(evidence), evidence[1], b"Tanggul Hulu selesai")
    shown = home.run("evidence", "show", record.post.id).split("\nuntil ")[1:]
    assert ["- Tanggul Hilir selesai" in part for part in shown] == [True, False]
    assert ["+ Tanggul Hilir selesai" in part for part in shown] == [False, True]
    assert "not certain" not in "".join(shown)


@pytest.mark.parametrize("options", [{}, {"articles": "no"}])
def test_a_feed_that_turned_over_between_two_readings_raises_an_alarm(
    home: CrawlHome, web: InventedWeb, options: dict[str, str]
) -> None:
    links = [web.article(f"/berita/{n}", f"Banjir {n}") for n in range(9)]
    home.add("cepat", web.feed("/rss.xml", links[:3]), **options)
    home.crawl()
    web.server.clear_all_handlers()
    links = [web.article(f"/berita/{n}", f"Banjir {n}") for n in range(9)]
    web.serve("/robots.txt", "", "text/plain")
    web.feed("/rss.xml", links[4:])
    report = json.loads(home.run("crawl", "--all", "--json"))
    assert [alarm["code"] for alarm in report["alarms"]] == ["source_missed"]
    assert "mungkin ada yang terlewat" in report["alarms"][0]["text"]
    assert json.loads(home.run("crawl", "--all", "--json"))["alarms"] == []
