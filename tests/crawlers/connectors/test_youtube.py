from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from werkzeug import Request, Response

from indices.documents import CrawlState
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

KEY = "kunci-youtube"
START = datetime(2026, 11, 1, tzinfo=UTC)


def written(number: int) -> str:
    return f"{START + timedelta(hours=2 * number):%Y-%m-%dT%H:%M:%SZ}"


def video(number: int, **over: Any) -> dict[str, Any]:
    return {
        "kind": "youtube#video",
        "id": f"video-{number:04}",
        "snippet": {
            "publishedAt": written(number),
            "channelId": "UCkabarlembah",
            "channelTitle": "Kabar Lembah",
            "title": f"Banjir hari ke-{number}",
            "description": "Liputan\nlangsung",
        },
        "statistics": {"viewCount": "1200", "likeCount": "30", "commentCount": "4"},
    } | over


def comment(name: str, text: str, number: int) -> dict[str, Any]:
    return {
        "id": name,
        "snippet": {
            "textDisplay": text,
            "textOriginal": text,
            "authorDisplayName": "@namaasli",
            "authorChannelId": {"value": "UCwarga"},
            "likeCount": 7,
            "publishedAt": written(number),
        },
    }


def thread(name: str, number: int, replies: int = 0, shown: int = 0) -> dict[str, Any]:
    return {
        "id": name,
        "snippet": {
            "topLevelComment": comment(name, f"Komentar {name}", number),
            "totalReplyCount": replies,
        },
        "replies": {
            "comments": [comment(f"{name}.{n}", f"Balasan {n}", number) for n in range(shown)]
        },
    }


class YouTubeServer:
    """Answers as the Data API v3 does, from lists that are newest first."""

    def __init__(self, web: InventedWeb) -> None:
        self.videos: list[dict[str, Any]] = []
        self.gone: set[str] = set()
        self.threads: dict[str, list[dict[str, Any]]] = {}
        self.refused: tuple[int, str] | None = None
        self.asked: list[str] = []
        self.urls: list[str] = []
        for method in ("search", "channels", "playlistItems", "videos", "commentThreads"):
            web.server.expect_request(f"/v3/{method}").respond_with_handler(self._answer)
        web.server.expect_request("/v3/comments").respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        method = request.path.rpartition("/")[2]
        self.asked.append(method)
        self.urls.append(request.url)
        assert request.headers["X-Goog-Api-Key"] == KEY
        if self.refused:
            return refusal(*self.refused)
        values = getattr(self, f"_{method}")(request)
        if isinstance(values, Response):
            return values
        return Response(json.dumps(values), content_type="application/json")

    def _page(self, request: Request, found: list[Any]) -> dict[str, Any]:
        start, size = int(request.args.get("pageToken", 0)), int(request.args["maxResults"])
        page = {"items": found[start : start + size]}
        more = {"nextPageToken": str(start + size)} if start + size < len(found) else {}
        return page | more

    def _search(self, request: Request) -> dict[str, Any]:
        after = request.args.get("publishedAfter", "")
        before = request.args.get("publishedBefore", "9")
        found = [
            {"id": {"videoId": each["id"]}, "snippet": each["snippet"]}
            for each in self.videos
            if after <= each["snippet"]["publishedAt"] < before
        ]
        return self._page(request, found)

    def _channels(self, request: Request) -> dict[str, Any]:
        if request.args.get("forHandle") != "@kabarlembah":
            return {"kind": "youtube#channelListResponse"}
        return {"items": [{"contentDetails": {"relatedPlaylists": {"uploads": "UUkabar"}}}]}

    def _playlistItems(self, request: Request) -> dict[str, Any]:  # noqa: N802 (its name there)
        assert request.args["playlistId"] == "UUkabar"
        found = [
            {
                "contentDetails": {
                    "videoId": each["id"],
                    "videoPublishedAt": each["snippet"]["publishedAt"],
                }
            }
            for each in self.videos
        ]
        return self._page(request, found)

    def _videos(self, request: Request) -> dict[str, Any]:
        wanted = request.args["id"].split(",")
        return {"items": [v for v in self.videos if v["id"] in wanted and v["id"] not in self.gone]}

    def _commentThreads(self, request: Request) -> Any:  # noqa: N802 (its name there)
        name = request.args["videoId"]
        if name not in self.threads:
            return refusal(403, "commentsDisabled")
        return self._page(request, self.threads[name])

    def _comments(self, request: Request) -> dict[str, Any]:
        name = request.args["parentId"]
        found = [comment(f"{name}.{n}", f"Balasan {n}", 1) for n in range(130)]
        return self._page(request, found)


def refusal(status: int, reason: str) -> Response:
    told = {"error": {"code": status, "message": "x", "errors": [{"reason": reason}]}}
    return Response(json.dumps(told), status, content_type="application/json")


def allow(home: CrawlHome, web: InventedWeb, *, units: int = 1000, **crawl: object) -> None:
    keys = {"youtube_api": f"{web.base}/v3", "youtube_key": KEY, "youtube_daily_units": units}
    home.set(web.host, platforms=keys | {"youtube_daily_searches": 10}, **crawl)


def spent(home: CrawlHome, what: str) -> int:
    store = home.store()
    state = store.find_crawl_state(f"ration:youtube-{what}")
    store.close()
    return int(state.values["spent"]) if state else 0


def test_a_search_is_read_back_to_what_is_known_and_videos_that_are_gone_are_counted(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, max_items_per_source=60)
    youtube = YouTubeServer(web)
    youtube.videos = [video(n) for n in range(120, 0, -1)]
    youtube.gone = {"video-0119"}
    home.add("cari", "https://www.youtube.com", search="banjir")
    assert home.crawl()["cari"].dispositions == {"stored": 59, "refused_outside_source": 1}
    youtube.videos.insert(0, video(121))
    home.crawl()
    home.crawl()
    assert len(home.posts()) == 120
    post = home.posts()[0]
    assert (post.title, post.text) == ("Banjir hari ke-1", "Liputan\nlangsung")
    assert post.url == "https://www.youtube.com/watch?v=video-0001"
    assert post.reach == {"views": 1200, "likes": 30, "replies": 4}
    assert spent(home, "searches") == youtube.asked.count("search")
    assert spent(home, "units") == youtube.asked.count("videos")
    assert not any(KEY in url for url in youtube.urls)
    assert KEY.encode() not in home.everything_written()
    assert b"Kabar Lembah" not in "".join(post.author for post in home.posts()).encode()


def test_a_channels_uploads_and_the_comments_on_its_newest_videos_are_read(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web)
    youtube = YouTubeServer(web)
    youtube.videos = [video(n) for n in range(60, 0, -1)]
    youtube.threads["video-0060"] = [thread("b", 3, replies=2, shown=2), thread("a", 2, 130, 2)]
    home.add("kanal", "https://www.youtube.com", channel="@kabarlembah", comments="2")
    home.add("salah", "https://www.youtube.com", channel="@taada")
    runs = home.crawl(code=1)
    assert runs["kanal"].dispositions == {"stored": 60 + 3 + 131}
    assert runs["kanal"].error == ""
    assert "has no channel '@taada'" in runs["salah"].error
    told = next(post for post in home.posts() if post.text == "Komentar b")
    assert told.url == "https://www.youtube.com/watch?v=video-0060&lc=b"
    assert told.reach == {"likes": 7, "replies": 2}
    assert told.author.startswith("warga-")
    youtube.threads["video-0060"].insert(0, thread("c", 4))
    youtube.videos.insert(0, video(61))
    assert home.crawl("--source", "kanal")["kanal"].dispositions == {"stored": 2}
    assert b"namaasli" not in json.dumps([str(post) for post in home.posts()]).encode()


def test_a_video_is_watched_for_comments_or_says_that_there_can_be_none(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, max_items_per_source=120)
    youtube = YouTubeServer(web)
    youtube.threads["video-0001"] = [thread(f"t{n}", n) for n in range(250, 0, -1)]
    home.add("satu", "https://www.youtube.com", video="video-0001")
    home.add("tutup", "https://www.youtube.com", video="video-0002")
    runs = home.crawl(code=1)
    assert "commentsDisabled" in runs["tutup"].error
    for _ in range(3):
        home.crawl("--source", "satu")
    assert len(home.posts()) == 250


def test_the_daily_quota_survives_restarts_and_begins_again_at_midnight_pacific(
    home: CrawlHome, web: InventedWeb
) -> None:
    allow(home, web, units=2)
    youtube = YouTubeServer(web)
    youtube.videos = [video(n) for n in range(200, 0, -1)]
    home.add("cari", "https://www.youtube.com", search="banjir")
    run = home.crawl(code=1)["cari"]
    assert "platforms.youtube_daily_units) is used" in run.error
    assert run.dispositions == {"stored": 100}
    home.crawl(code=1)
    assert youtube.asked.count("videos") == 2
    store = home.store()
    state = store.find_crawl_state("ration:youtube-units")
    assert state is not None
    assert state.values["period"] == f"{datetime.now(ZoneInfo('America/Los_Angeles')):%Y-%m-%d}"
    yesterday = dict(state.values) | {"period": "2020-01-01"}
    store.put_crawl_state(
        CrawlState(source_id=state.source_id, values=yesterday, updated_at=state.updated_at)
    )
    store.close()
    home.crawl(code=None)
    assert youtube.asked.count("videos") == 4
    assert len(home.posts()) == 149, "one unit for what is newest, one for what was left"


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (400, "keyInvalid", "refuses platforms.youtube_key"),
        (403, "accessNotConfigured", "may not be used so (accessNotConfigured)"),
        (403, "quotaExceeded", "(platforms.youtube_daily_searches) is used"),
        (500, "backendError", "answers 500"),
    ],
)
def test_a_refusal_names_the_mend(
    home: CrawlHome, web: InventedWeb, status: int, reason: str, said: str
) -> None:
    allow(home, web)
    YouTubeServer(web).refused = (status, reason)
    home.add("cari", "https://www.youtube.com", search="banjir")
    assert said in home.crawl(code=1)["cari"].error
    assert spent(home, "searches") == (10 if reason == "quotaExceeded" else 1)


def test_a_changed_layout_is_said(home: CrawlHome, web: InventedWeb) -> None:
    allow(home, web)
    youtube = YouTubeServer(web)
    youtube.videos = [video(n, snippet={"publishedAt": written(n)}) for n in (3, 2, 1)]
    home.add("cari", "https://www.youtube.com", search="banjir")
    run = home.crawl(code=1)["cari"]
    assert run.dispositions == {"failed_parse": 3}
    assert "has the platform changed its layout" in run.error
    web.server.clear()
    web.server.expect_request("/v3/search").respond_with_json({"results": []})
    assert "no list 'items'" in home.crawl(code=1)["cari"].error
