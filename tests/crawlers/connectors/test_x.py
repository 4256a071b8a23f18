from __future__ import annotations

import json
import re
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug import Request, Response

from crawlers.connectors.x_posts import read_x_post
from indices.documents import CrawlState
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

TOKEN = "rahasia-x"
PATH = "/2/tweets/search/recent"


def post_id_at(moment: datetime, number: int = 0) -> str:
    return str(((int(moment.timestamp() * 1000) - 1_288_834_974_657) << 22) + number)


NOW = datetime.now(UTC)


def post(
    number: int, text: str, *, ago: timedelta = timedelta(hours=1), **over: Any
) -> dict[str, Any]:
    return {
        "id": post_id_at(NOW - ago, number),
        "text": text,
        "author_id": str(700 + number),
        "created_at": (NOW - ago).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "lang": "in",
        "public_metrics": {
            "retweet_count": 2,
            "reply_count": 3,
            "like_count": 5,
            "quote_count": 4,
            "bookmark_count": 0,
            "impression_count": 900,
        },
    } | over


class XServer:
    """Answers as recent search does, from one list, newest first."""

    def __init__(self, web: InventedWeb) -> None:
        self.posts: list[dict[str, Any]] = []
        self.errors: list[dict[str, Any]] = []
        self.asked: list[dict[str, str]] = []
        self.delivered = 0
        web.server.expect_request(PATH).respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        asked = {name: request.args[name] for name in request.args}
        self.asked.append(asked)
        newer, older = int(asked.get("since_id", 0)), int(asked.get("until_id", 10**30))
        start, size = int(asked.get("next_token", "n0")[1:]), int(asked["max_results"])
        found = [each for each in self.posts if newer < int(each["id"]) < older]
        page = found[start : start + size]
        self.delivered += len(page)
        meta: dict[str, Any] = {"result_count": len(page)}
        if start + size < len(found):
            meta["next_token"] = f"n{start + size}"
        answer = {"meta": meta} | ({"data": page} if page else {})
        answer |= {"errors": self.errors} if self.errors else {}
        return Response(json.dumps(answer), content_type="application/json")


def allow(home: CrawlHome, web: InventedWeb, budget: int, **crawl: object) -> None:
    keys = {
        "x_api": f"{web.base}/2",
        "x_bearer_token": TOKEN,
        "x_rupiah_per_post": 80,
        "x_monthly_rupiah": budget,
    }
    home.set(web.host, platforms=keys, **crawl)


def spent(home: CrawlHome) -> int:
    store = home.store()
    state = store.find_crawl_state("ration:x")
    store.close()
    return int(state.values["spent"]) if state else 0


def test_a_search_goes_on_where_the_last_one_was_and_is_paid_for_post_by_post(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, 100_000)
    x = XServer(web)
    x.posts = [post(n, f"Kabar banjir {n}") for n in range(150, 0, -1)]
    home.add("cari", "https://x.com", search="banjir lang:id")
    assert home.crawl()["cari"].dispositions == {"stored": 150}
    assert spent(home) == 150 * 80
    x.posts.insert(0, post(151, "Kabar banjir 151"))
    assert home.crawl()["cari"].dispositions == {"stored": 1}
    assert spent(home) == x.delivered * 80 == 151 * 80
    assert [asked.get("next_token") for asked in x.asked] == [None, "n100", None]
    assert x.asked[-1]["since_id"] == x.posts[1]["id"]
    assert x.asked[0]["query"] == "(banjir lang:id) -is:retweet"
    assert "expansions" not in x.asked[0]
    assert TOKEN.encode() not in home.everything_written()


def test_the_months_budget_is_never_passed_whatever_happens(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, 30 * 80)
    x = XServer(web)
    x.posts = [post(n, f"Kabar {n}") for n in range(100, 0, -1)]
    home.add("satu", "https://x.com", search="banjir")
    home.add("dua", "https://x.com", search="longsor")
    runs = home.crawl(code=1)
    assert x.delivered == 30
    assert spent(home) == 30 * 80
    assert sum(run.found for run in runs.values()) == 30
    assert all("raise platforms.x_monthly_rupiah" in run.error for run in runs.values())
    asked = len(x.asked)
    home.crawl(code=1)
    assert len(x.asked) == asked, "nothing is asked once the budget is spent"
    store = home.store()
    store.put_crawl_state(
        CrawlState(
            source_id="ration:x",
            values={"period": "2020-01", "spent": "2400"},
            updated_at=datetime.now(UTC),
        )
    )
    store.close()
    home.crawl(code=None)
    assert x.delivered == 60, "a new month has a new budget"


def test_a_look_at_a_source_is_paid_from_the_same_budget(home: CrawlHome, web: InventedWeb) -> None:
    allow(home, web, 20 * 80)
    x = XServer(web)
    x.posts = [post(n, f"Kabar {n}") for n in range(100, 0, -1)]
    home.add("cari", "https://x.com", search="banjir")
    home.run("sources", "check", "cari")
    assert spent(home) == x.delivered * 80 == 10 * 80
    assert home.posts() == []
    home.crawl(code=1)
    home.run("sources", "check", "cari", code=1)
    assert x.delivered == 20


def test_a_killed_crawl_has_counted_what_it_asked_for_and_the_next_misses_nothing(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, 100_000)
    asked = threading.Event()
    go_on = threading.Event()
    page = json.dumps({"data": [post(1, "Kabar")], "meta": {"result_count": 1}})

    def answer(request: Request) -> Response:
        asked.set()
        go_on.wait(60)
        return Response(page, content_type="application/json")

    web.server.expect_request(PATH).respond_with_handler(answer)
    home.add("cari", "https://x.com", search="banjir")
    process = home.start("crawl")
    assert asked.wait(60)
    process.kill()
    process.communicate()
    go_on.set()
    assert spent(home) == 100 * 80, "counted before it was asked"
    assert home.crawl()["cari"].dispositions == {"stored": 1}
    assert spent(home) == 101 * 80


def test_what_was_left_is_read_later_and_what_is_too_old_is_said(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, 1_000_000, max_items_per_source=20)
    x = XServer(web)
    x.posts = [post(n, f"Kabar {n}") for n in range(45, 0, -1)]
    home.add("cari", "https://x.com", search="banjir")
    home.crawl()
    home.crawl()
    assert home.crawl()["cari"].dispositions == {"stored": 5}
    assert len(home.posts()) == 45
    store = home.store()
    marks = {"newest_id": post_id_at(NOW - timedelta(days=9))}
    store.put_crawl_state(CrawlState(source_id="cari", values=marks, updated_at=NOW))
    store.close()
    run = home.crawl(code=1)["cari"]
    assert "more than seven days ago" in run.error
    assert "since_id" not in x.asked[-1]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "platforms.x_bearer_token is wrong or was withdrawn"),
        (402, "credit at X is used up"),
        (403, "does not include recent search"),
        (400, "Invalid Request"),
    ],
)
def test_a_refusal_names_the_mend_and_costs_nothing(
    home: CrawlHome, web: InventedWeb, status: int, said: str
) -> None:
    allow(home, web, 100_000)
    refusal = json.dumps({"title": "Invalid Request", "detail": "x"})
    web.server.expect_request(PATH).respond_with_data(refusal, status)
    home.add("cari", "https://x.com", search="banjir")
    assert said in home.crawl(code=1)["cari"].error
    assert spent(home) == 0


def test_a_short_limit_is_waited_for_and_a_long_one_is_left(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, 100_000)
    times: list[float] = []
    page = json.dumps({"data": [post(1, "Kabar")], "meta": {"result_count": 1}})

    def answer(request: Request) -> Response:
        times.append(time.time())
        if len(times) == 2:
            return Response(page, content_type="application/json")
        wait = 2 if len(times) == 1 else 3000
        return Response("{}", 429, {"x-rate-limit-reset": str(int(time.time()) + wait)})

    web.server.expect_request(PATH).respond_with_handler(answer)
    home.add("cari", "https://x.com", search="banjir")
    assert home.crawl()["cari"].dispositions == {"stored": 1}
    assert times[1] - times[0] >= 0.9
    assert re.search("asks to wait (29|30)", home.crawl(code=1)["cari"].error)
    assert spent(home) == 80


def test_parts_that_it_could_not_give_are_counted_and_a_changed_layout_is_said(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, 100_000)
    x = XServer(web)
    x.posts = [post(1, "Kabar"), {"nomor": 7} | {"id": post_id_at(NOW, 9)}]
    x.errors = [{"title": "Not Found Error", "resource_id": "99", "detail": "x", "type": "y"}]
    home.add("cari", "https://x.com", search="banjir")
    run = home.crawl()["cari"]
    assert run.dispositions == {"stored": 1, "failed_parse": 1, "failed_http": 1}
    web.server.clear()
    web.server.expect_request(PATH).respond_with_json({"statuses": []})
    assert "no list 'data'" in home.crawl(code=1)["cari"].error


def test_a_long_post_is_whole_its_links_lead_where_they_lead_and_nobody_is_named() -> None:
    told = post(
        7,
        "Tanggul jebol https://t.co/abc…",
        note_tweet={
            "text": "Tanggul jebol &amp; air naik https://t.co/abc",
            "entities": {
                "urls": [{"url": "https://t.co/abc", "expanded_url": "https://kabar.example/1"}]
            },
        },
    )
    item = read_x_post(told)
    assert item.text == "Tanggul jebol & air naik https://kabar.example/1"
    assert item.url == f"https://x.com/i/status/{told['id']}"
    assert item.reach == {"likes": 5, "shares": 6, "replies": 3, "views": 900}
