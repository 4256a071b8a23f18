from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug import Request, Response

from crawlers.connectors.bluesky_records import read_record
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

PASSWORD = "sandi-aplikasi"
NOW = datetime.now(UTC).replace(microsecond=0)


def written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def view(number: int, text: str, *, minutes_ago: int = 0, **over: Any) -> dict[str, Any]:
    at = written(NOW - timedelta(minutes=minutes_ago))
    return {
        "uri": f"at://did:plc:warga{number}/app.bsky.feed.post/3k{number}",
        "cid": f"bafy{number}",
        "author": {"did": f"did:plc:warga{number}", "handle": f"warga{number}.bsky.social"},
        "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": at, "langs": ["id"]},
        "replyCount": 1,
        "repostCount": 2,
        "likeCount": 3,
        "quoteCount": 4,
        "indexedAt": at,
        "labels": [],
    } | over


class BlueskyServer:
    """A server of accounts and its search; tokens may expire."""

    def __init__(self, web: InventedWeb) -> None:
        self.posts: list[dict[str, Any]] = []
        self.asked: list[dict[str, str]] = []
        self.sign_ins: list[str] = []
        self.valid = 0
        self.refreshable = True
        expect = web.server.expect_request
        expect("/xrpc/com.atproto.server.createSession").respond_with_handler(self._create)
        expect("/xrpc/com.atproto.server.refreshSession").respond_with_handler(self._refresh)
        expect("/xrpc/app.bsky.feed.searchPosts").respond_with_handler(self._search)

    def expire(self) -> None:
        self.valid += 1

    def _tokens(self, how: str) -> Response:
        self.sign_ins.append(how)
        self.valid += 1
        tokens = {"accessJwt": f"akses-{self.valid}", "refreshJwt": "segar", "did": "did:plc:kami"}
        return Response(json.dumps(tokens), content_type="application/json")

    def _create(self, request: Request) -> Response:
        told = request.get_json()
        if told != {"identifier": "kami.bsky.social", "password": PASSWORD}:
            return refusal(401, "AuthenticationRequired")
        return self._tokens("create")

    def _refresh(self, request: Request) -> Response:
        if not self.refreshable or request.headers["Authorization"] != "Bearer segar":
            return refusal(400, "ExpiredToken")
        return self._tokens("refresh")

    def _search(self, request: Request) -> Response:
        if request.headers["Authorization"] != f"Bearer akses-{self.valid}":
            return refusal(400, "ExpiredToken")
        asked = {name: request.args[name] for name in request.args}
        self.asked.append(asked)
        since, until = asked.get("since", ""), asked.get("until", "9")
        found = [p for p in self.posts if since <= str(p["indexedAt"]) < until]
        start = int(asked.get("cursor", 0))
        page = found[start : start + min(25, int(asked["limit"]))]
        answer: dict[str, Any] = {"posts": page}
        if start + len(page) < len(found):
            answer["cursor"] = str(start + len(page))
        if len(self.asked) == 2:
            self.expire()
        return Response(json.dumps(answer), content_type="application/json")


def refusal(status: int, name: str) -> Response:
    told = json.dumps({"error": name, "message": "no"})
    return Response(told, status, content_type="application/json")


def allow(home: CrawlHome, web: InventedWeb, password: str = PASSWORD, **crawl: object) -> None:
    keys = {
        "bluesky_service": web.base,
        "bluesky_handle": "@kami.bsky.social",
        "bluesky_app_password": password,
    }
    home.set(web.host, platforms=keys, **crawl)


def test_a_search_is_paged_back_with_one_sign_in_that_is_renewed_when_it_expires(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, max_items_per_source=40)
    bluesky = BlueskyServer(web)
    bluesky.posts = [view(n, f"Kabar {n}", minutes_ago=200 - n) for n in range(90, 0, -1)]
    home.add("cari", "https://bsky.app", search="banjir")
    home.add("lain", "https://bsky.app", search="longsor")
    home.crawl()
    assert bluesky.sign_ins == ["create", "refresh"]
    bluesky.refreshable = False
    for _ in range(3):
        home.crawl("--source", "cari")
    assert len(home.posts()) == 90
    bluesky.posts.insert(0, view(91, "Kabar 91"))
    assert home.crawl("--source", "cari")["cari"].dispositions["stored"] == 1
    post = next(post for post in home.posts() if post.text == "Kabar 91")
    assert post.reach == {"likes": 3, "shares": 6, "replies": 1}
    assert post.url == "https://bsky.app/profile/did:plc:warga91/post/3k91"
    written_down = home.everything_written()
    for secret in (PASSWORD, "akses-", "segar"):
        assert secret.encode() not in written_down


def test_a_missing_or_wrong_password_names_the_setting_and_a_changed_layout_is_said(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.add("cari", "https://bsky.app", search="banjir")
    assert "set platforms.bluesky_handle" in home.crawl(code=1)["cari"].error
    BlueskyServer(web)
    allow(home, web, password="salah")
    assert "platforms.bluesky_app_password is wrong" in home.crawl(code=1)["cari"].error
    allow(home, web)
    web.server.clear()
    bluesky = BlueskyServer(web)
    bluesky.posts = [
        view(1, "Kabar"),
        {"indexedAt": "2026", "uri": 7},
        view(3, "x", record=None),
        view(4, "Tersembunyi", author={"did": "a", "labels": [{"val": "!no-unauthenticated"}]}),
        view(5, "Angka", likeCount=True, replyCount=-4, repostCount="2", quoteCount=1e300),
    ]
    run = home.crawl()["cari"]
    expected = {"stored": 2, "failed_parse": 2, "refused_outside_source": 1}
    assert run.dispositions == expected
    assert next(post for post in home.posts() if post.text == "Angka").reach == {"shares": 2}


def test_hostile_answers_end_as_one_line(home: CrawlHome, web: InventedWeb) -> None:
    session = json.dumps({"accessJwt": "a", "refreshJwt": "b"})
    bodies = {
        "html": "<html>maaf</html>",
        "deep": '{"posts":' + "[" * 100_000 + "]" * 100_000 + "}",
        "null": "null",
        "number": '{"posts": 7}',
        "digits": '{"posts": [' + "9" * 10_000 + "]}",
        "huge": '{"posts": ["' + "x" * 400_000 + '"]}',
    }
    for name, body in bodies.items():
        service = InventedWeb(web.server)
        prefix = f"/{name}"
        web.serve(f"{prefix}/xrpc/com.atproto.server.createSession", session, "application/json")
        web.serve(f"{prefix}/xrpc/app.bsky.feed.searchPosts", body, "application/json")
        allow(home, web)
        keys = {"bluesky_service": f"{service.base}{prefix}", "bluesky_handle": "k"}
        home.set(web.host, platforms=keys | {"bluesky_app_password": "s"})
        if name == "html":
            home.add("cari", "https://bsky.app", search="banjir")
        error = home.crawl(code=1)["cari"].error
        assert error
        assert "\n" not in error
        assert "Traceback" not in home.errors


def test_links_are_whole_pictures_are_told_and_quotes_are_named() -> None:
    text = "Lihat é kabar.example/banj… ya"
    begin = text.encode().index(b"kabar")
    stop = begin + len("kabar.example/banj…".encode())
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://kabar.example/banjir-hulu"}
    record = {
        "text": text,
        "createdAt": "2026-11-16T01:00:00Z",
        "langs": ["id"],
        "facets": [
            {"index": {"byteStart": begin, "byteEnd": stop}, "features": [link]},
            {"index": {"byteStart": 5, "byteEnd": 9999}, "features": [link]},
            {"index": {"byteStart": "a"}, "features": [link, None]},
            7,
        ],
        "embed": {
            "$type": "app.bsky.embed.recordWithMedia",
            "record": {"record": {"uri": "at://did:plc:lain/app.bsky.feed.post/3kx"}},
            "media": {"images": [{"alt": "Peta\njalan putus"}, {"alt": ""}, None]},
        },
    }
    item = read_record("at://did:plc:warga/app.bsky.feed.post/3k", record, {})
    assert item.text.splitlines() == [
        "Lihat é https://kabar.example/banjir-hulu ya",
        "[gambar: Peta jalan putus]",
        "[mengutip at://did:plc:lain/app.bsky.feed.post/3kx]",
    ]
