"""What platforms really answered once, served again on loopback and read by a crawl."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        "LURUSKAN_TEST_DATA" not in os.environ, reason="LURUSKAN_TEST_DATA is not set"
    ),
]


@pytest.fixture
def payloads() -> Path:
    return Path(os.environ["LURUSKAN_TEST_DATA"]) / "payloads"


def recorded(path: Path, address: str) -> str:
    yaml = pytest.importorskip("yaml")
    told = yaml.safe_load(path.read_text(encoding="utf-8"))["interactions"]
    return next(
        each["response"]["body"]["string"] for each in told if address in each["request"]["uri"]
    )


def views(payloads: Path) -> list[dict[str, Any]]:
    thread = json.loads((payloads / "bluesky_thread_view_post_with_embed_media.json").read_text())
    records = [
        json.loads((payloads / f"bluesky_{name}_record.json").read_text())
        for name in ("post", "extended_post")
    ]
    plain = [
        {"uri": each["uri"], "record": each["value"], "author": {}, "indexedAt": ""}
        for each in records
    ]
    return [thread["thread"]["post"], *plain]


def test_real_answers_of_mastodon_bluesky_telegram_and_x_are_read(
    home: CrawlHome, web: InventedWeb, payloads: Path
) -> None:
    timeline = recorded(payloads / "mastodon_test_public_tl.yaml", "/timelines/public")
    first_page = iter([timeline])
    web.server.expect_request("/api/v1/timelines/tag/hoot").respond_with_handler(
        lambda _: json_answer(next(first_page, "[]"))
    )
    search = recorded(payloads / "mastodon_test_search.yaml", "/api/v2/search")
    web.serve("/api/v2/search", search, "application/json")
    session = json.dumps({"accessJwt": "a", "refreshJwt": "b"})
    web.serve("/xrpc/com.atproto.server.createSession", session, "application/json")
    found = json.dumps({"posts": views(payloads)})
    web.serve("/xrpc/app.bsky.feed.searchPosts", found, "application/json")
    page = (payloads / "pender_telegram-item.html").read_text()
    web.serve("/s/kanal_pribadi", page)
    refused = (payloads / "pender_twitter-profile-response-error.json").read_text()
    web.serve("/2/tweets/search/recent", refused, "application/json")
    keys = {
        "mastodon_tokens": {web.host: "t"},
        "bluesky_service": web.base,
        "bluesky_handle": "k",
        "bluesky_app_password": "s",
        "x_api": f"{web.base}/2",
        "x_bearer_token": "t",
        "x_monthly_rupiah": 100_000,
    }
    home.set(web.host, platforms=keys)
    home.add("tagar", web.base, hashtag="hoot")
    home.add("cari", web.base, search="hoot")
    home.add("biru", "https://bsky.app", search="hoot")
    home.add("kanal", f"{web.base}/s/kanal_pribadi", connector="telegram")
    home.add("x", "https://x.com", search="hoot")
    runs = home.crawl(code=1)
    statuses = json.loads(timeline)
    assert runs["tagar"].found == len(statuses) == 8
    assert "failed_parse" not in runs["tagar"].dispositions
    assert runs["cari"].error == ""
    assert runs["biru"].dispositions == {"stored": 3}
    assert "has no public preview" in runs["kanal"].error
    assert "X answers: Rate limit exceeded." in runs["x"].error
    names = {status["account"]["username"] for status in statuses}
    assert not any(post.author in names for post in home.posts())
    assert all(post.published_at for post in home.posts())


def json_answer(body: str) -> Any:
    from werkzeug import Response

    return Response(body, content_type="application/json")
