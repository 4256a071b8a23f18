from __future__ import annotations

import json
import time
from collections.abc import Iterator

from werkzeug import Request, Response

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb, status_json, timeline_answer


def texts(home: CrawlHome) -> set[str]:
    store = home.store()
    found = {record.post.text for record in store.iter_records()}
    store.close()
    return found


def test_a_crawl_that_may_not_read_all_goes_on_where_it_left_off(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.set(web.host, max_items_per_source=50)
    home.add("warga", web.base, hashtag="lembah")
    for n in range(120):
        web.toot(n, f"Kabar pertama nomor {n}")
    assert home.crawl()["warga"].dispositions == {"stored": 50}
    for n in range(120, 130):
        web.toot(n, f"Kabar pertama nomor {n}")
    assert home.crawl()["warga"].dispositions == {"stored": 50}
    last = home.crawl()["warga"]
    assert last.dispositions["stored"] == 30
    assert texts(home) == {f"Kabar pertama nomor {n}" for n in range(130)}
    assert home.crawl()["warga"].found == 0


def test_an_account_is_looked_up_and_what_it_boosts_is_read_as_the_original(
    home: CrawlHome, web: InventedWeb
) -> None:
    own = status_json(web.base, 1, "Posko dapur umum pindah ke balai desa")
    rich = status_json(web.base, 2, "") | {
        "content": "<p>Lihat <a href='https://kabaruji.example/berita/panjang' rel='nofollow'>"
        "<span class='invisible'>https://</span><span class='ellipsis'>kabaruji.example/berita"
        "</span></a><br />sekarang</p>",
        "spoiler_text": "Peringatan",
        "poll": {"options": [{"title": "Ya"}, {"title": "Tidak"}]},
        "media_attachments": [{"description": "Peta jalan putus"}],
    }
    boost = status_json(web.base, 3, "") | {"reblog": rich}
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.query_string.decode())
        return timeline_answer([boost, own], request, web.base)

    web.serve("/api/v1/accounts/lookup", json.dumps({"id": "77", "acct": "posko"}))
    web.server.expect_request("/api/v1/accounts/77/statuses").respond_with_handler(answer)
    home.add("posko", web.base, account="@posko", replies="no")
    assert home.crawl()["posko"].dispositions == {"stored": 2}
    assert "exclude_replies=true" in asked[0]
    assert texts(home) == {
        "Posko dapur umum pindah ke balai desa",
        (
            "Peringatan\nLihat https://kabaruji.example/berita/panjang\nsekarang\n- Ya\n- Tidak\n"
            "[gambar: Peta jalan putus]"
        ),
    }
    store = home.store()
    boosted = next(r.post for r in store.iter_records() if r.post.text.startswith("Peringatan"))
    store.close()
    assert boosted.url.endswith("/@warga_2/1002")


def answers(*each: Response) -> Iterator[Response]:
    yield from each


def test_a_short_wait_is_waited_and_a_long_one_is_left_for_the_next_run(
    home: CrawlHome, web: InventedWeb
) -> None:
    page = json.dumps([status_json(web.base, 1, "Halo tetangga semua")])
    short = answers(Response("", 429, {"Retry-After": "1"}), Response(page), Response("[]"))
    asked: list[float] = []

    def answer_short(request: Request) -> Response:
        asked.append(time.monotonic())
        return next(short)

    web.server.expect_request("/api/v1/timelines/tag/cepat").respond_with_handler(answer_short)
    web.fail("/api/v1/timelines/tag/lama", 429, **{"Retry-After": "3600"})
    web.fail("/api/v1/timelines/tag/masuk", 401)
    for tag in ("cepat", "lama", "masuk"):
        home.add(tag, web.base, hashtag=tag)
    runs = {name: home.crawl("--source", name, code=None)[name] for name in ("cepat", "lama")}
    assert runs["cepat"].dispositions == {"stored": 1}
    assert asked[1] - asked[0] >= 0.9
    assert "asks to wait 3600 s" in runs["lama"].error
    assert web.asked["/api/v1/timelines/tag/lama"] == 1
    runs = home.crawl("--source", "masuk", code=1)
    assert "signed-in people only" in runs["masuk"].error


def test_halves_of_characters_and_control_characters_are_stored_as_text(
    home: CrawlHome, web: InventedWeb
) -> None:
    web.toot(1, "Air naik \ud83d lagi\x00 malam ini")
    web.toot(2, "Posko \U0001f6a8 dibuka")
    home.add("warga", web.base, hashtag="lembah")
    assert home.crawl()["warga"].dispositions == {"stored": 2}
    assert texts(home) == {"Air naik \ufffd lagi malam ini", "Posko \U0001f6a8 dibuka"}


def test_a_changed_layout_is_said_and_not_a_silent_zero(home: CrawlHome, web: InventedWeb) -> None:
    web.serve("/api/v1/timelines/tag/x", json.dumps({"data": []}), "application/json")
    web.serve("/api/v1/timelines/tag/y", json.dumps([{"nomor": 1}, 7, None]), "application/json")
    home.add("x", web.base, hashtag="x")
    home.add("y", web.base, hashtag="y")
    runs = home.crawl(code=1)
    assert "does not answer as a Mastodon server does" in runs["x"].error
    assert runs["y"].dispositions == {"failed_parse": 3}
    assert "3 of 3 items could not be read; has the platform changed" in runs["y"].error


def search_answer(request: Request, found: list[dict[str, object]]) -> Response:
    offset, limit = int(request.args["offset"]), int(request.args["limit"])
    page = {"accounts": [], "statuses": found[offset : offset + limit], "hashtags": []}
    return Response(json.dumps(page), content_type="application/json")


def test_a_search_is_read_with_the_servers_token_and_paged_back_to_what_is_known(
    home: CrawlHome, web: InventedWeb
) -> None:
    found = [status_json(web.base, n, f"Banjir nomor {n}") for n in range(100, 0, -1)]
    asked: list[tuple[str, str]] = []

    def answer(request: Request) -> Response:
        asked.append((request.args["offset"], request.headers.get("Authorization", "")))
        return search_answer(request, found)

    web.server.expect_request("/api/v2/search").respond_with_handler(answer)
    home.set(
        web.host,
        max_items_per_source=60,
        platforms={"mastodon_tokens": {web.host: "rahasia-mastodon"}},
    )
    home.add("cari", web.base, search="banjir")
    assert home.crawl()["cari"].dispositions == {"stored": 80}
    found.insert(0, status_json(web.base, 101, "Banjir nomor 101"))
    run = home.crawl()["cari"]
    assert run.dispositions["stored"] == 21
    assert texts(home) == {f"Banjir nomor {n}" for n in range(1, 102)}
    assert {token for _, token in asked} == {"Bearer rahasia-mastodon"}
    assert [offset for offset, _ in asked] == ["0", "40", "0", "40", "40", "80"]
    assert b"rahasia-mastodon" not in home.everything_written()


def test_a_search_says_which_token_is_missing_or_has_expired_and_when_the_layout_changed(
    home: CrawlHome, web: InventedWeb, forbidden: InventedWeb
) -> None:
    home.set(
        web.host, forbidden.host, platforms={"mastodon_tokens": {forbidden.host: "kedaluwarsa"}}
    )
    forbidden.fail("/api/v2/search", 401)
    home.add("tanpa", web.base, search="banjir")
    home.add("lama", forbidden.base, search="banjir")
    runs = home.crawl(code=1)
    assert f'set platforms.mastodon_tokens."{web.host}"' in runs["tanpa"].error
    assert "token is expired, withdrawn" in runs["lama"].error
    home.set(web.host, platforms={"mastodon_tokens": {web.host: "sah"}})
    web.serve("/api/v2/search", json.dumps({"hits": []}), "application/json")
    report = json.loads(home.run("crawl", "--json", "--source", "tanpa", code=1))
    assert "no list 'statuses'" in report["runs"][0]["error"]
    assert [alarm["code"] for alarm in report["alarms"]] == ["source_failed"]
