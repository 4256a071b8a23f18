"""What Zeeschuimer and 4CAT export: real items where test data is there, and invented ones."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from crawlers.pseudonyms import pseudonym
from indices.documents import Post
from indices.identity import post_id
from tests.crawlers.imports.reading import KEY, describe, read_ends, read_posts


@pytest.fixture
def payloads() -> Path:
    given = os.environ.get("LURUSKAN_TEST_DATA", "")
    if not given:
        pytest.skip("LURUSKAN_TEST_DATA is not set")
    return Path(given) / "payloads"


def ndjson(tmp_path: Path, *items: object) -> Path:
    path = tmp_path / "tangkapan.ndjson"
    path.write_text("\n".join(json.dumps(item) for item in items) + "\n", encoding="utf-8")
    return path


def captured(platform: str, data: dict[str, Any]) -> dict[str, Any]:
    meta = {"nav_index": "1:1:0", "item_id": "1", "timestamp_collected": 1795000000000}
    return {**meta, "source_platform": platform, "data": data, "id": 1}


def tweet(**legacy: Any) -> dict[str, Any]:
    user = {"core": {"screen_name": "warga_sarang"}, "rest_id": "9"}
    told = {
        "full_text": "Jembatan Sarang roboh &amp; ditutup https://t.co/a https://t.co/b @budi_l",
        "created_at": "Thu Nov 26 02:30:00 +0000 2026",
        "favorite_count": 3,
        "retweet_count": 2,
        "reply_count": 1,
        "lang": "in",
        "entities": {
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://kabarlembah.example/1"}],
            "media": [{"url": "https://t.co/b"}],
        },
    }
    return {
        "__typename": "Tweet",
        "rest_id": "1990000000000000001",
        "core": {"user_results": {"result": user}},
        "views": {"count": "500"},
        "legacy": told | legacy,
    }


MEDIA = {
    "code": "DSxyz12345",
    "taken_at": 1795000000,
    "user": {"username": "warga.sarang"},
    "caption": {"text": "Air PDAM Sarang keruh"},
    "like_count": 7,
    "comment_count": 2,
}
FACEBOOK = {
    "comet_sections": {
        "content": {
            "story": {
                "post_id": "777",
                "wwwURL": "https://www.facebook.com/groups/5/posts/777",
                "message": {"text": "Bantuan beras dibatalkan?"},
                "actors": [{"id": "44", "name": "Budi Lembah", "url": "https://facebook.com/budi"}],
            }
        },
        "context_layout": {
            "story": {"comet_sections": {"metadata": [{"story": {"creation_time": 1795000000}}]}}
        },
    }
}


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "platform", "first_id", "reach"),
    [
        ("twitter", "x", "2013296057296527599",
         {"likes": 19, "shares": 5, "replies": 1, "views": 358653}),
        ("tiktok", "tiktok", "7594065677489687830",
         {"likes": 177400, "shares": 3239, "replies": 536, "views": 3000000}),
        ("instagram", "instagram", "DSDLDXjDOGC", {"likes": 183532, "replies": 2230}),
    ],
)  # fmt: skip
def test_real_captures_are_recognised_and_read_whole(
    payloads: Path, name: str, platform: str, first_id: str, reach: dict[str, int]
) -> None:
    path = payloads / f"zeeschuimer_{name}_2items.ndjson"
    assert "Zeeschuimer" in describe(path)
    first, second = read_posts(path)
    assert (first.id, first.platform) == (post_id(platform, first_id), platform)
    assert first.reach == reach
    for post, line in zip((first, second), path.read_text().splitlines(), strict=True):
        assert post.text
        assert post.published_at
        assert post.author.startswith("warga-")
        assert post.author not in line
        names = _names_in(json.loads(line)["data"])
        kept = repr(post)
        assert [name for name in names if name in kept] == []


def _names_in(data: dict[str, Any]) -> list[str]:
    """What names the author on each platform."""
    user = (data.get("core") or {}).get("user_results", {}).get("result", {}).get("core", {})
    author = data.get("author") or data.get("user") or {}
    return [
        name
        for name in (user.get("screen_name"), author.get("uniqueId"), author.get("username"))
        if name
    ]


@pytest.mark.data
def test_a_list_from_another_tool_is_read_by_its_columns(payloads: Path) -> None:
    (post,) = read_posts(payloads / "pender_facebook-item-apify-response.json")
    assert (post.platform, post.reach["likes"]) == ("facebook", 1737)
    assert post.text.startswith("MATTHEW")


def test_a_post_of_x_is_read_with_links_written_out_and_no_name(tmp_path: Path) -> None:
    (post,) = read_posts(ndjson(tmp_path, captured("twitter.com", tweet())))
    assert post.text == "Jembatan Sarang roboh & ditutup https://kabarlembah.example/1 @budi_l"
    assert post.author == pseudonym("https://x.com/i/user/9", KEY)
    assert post.url == "https://x.com/i/status/1990000000000000001"
    assert post.reach == {"likes": 3, "shares": 2, "replies": 1, "views": 500}


def test_a_repost_is_the_post_that_was_reposted(tmp_path: Path) -> None:
    original = tweet()
    repost = tweet(
        full_text="RT @warga_sarang: Jemba…", retweeted_status_result={"result": original}
    )
    repost["rest_id"] = "1990000000000000002"
    one, two = read_posts(ndjson(tmp_path, captured("x.com", original), captured("x.com", repost)))
    assert one.id == two.id
    assert one.text == two.text


def test_long_and_quoted_posts_are_whole(tmp_path: Path) -> None:
    long = tweet() | {"note_tweet": {"note_tweet_results": {"result": {"text": "panjang " * 60}}}}
    quoting = tweet() | {"quoted_status_result": {"result": {"tweet": tweet(full_text="Dikutip")}}}
    first, second = read_posts(
        ndjson(tmp_path, captured("x.com", long), captured("x.com", quoting))
    )
    assert first.text == ("panjang " * 60).strip()
    assert second.text.endswith("[kutipan] Dikutip")


def test_threads_instagram_and_facebook_are_read(tmp_path: Path) -> None:
    threads = MEDIA | {"text_post_app_info": {"direct_reply_count": 4, "repost_count": 5}}
    path = ndjson(
        tmp_path,
        captured("threads.net", threads),
        captured("instagram.com", MEDIA),
        captured("facebook.com", FACEBOOK),
    )
    one, two, three = read_posts(path)
    assert (one.platform, one.reach) == ("threads", {"likes": 7, "shares": 5, "replies": 4})
    assert (two.platform, two.reach) == ("instagram", {"likes": 7, "replies": 2})
    assert (three.platform, three.text) == ("facebook", "Bantuan beras dibatalkan?")
    assert {post.published_at for post in (one, two, three)} == {one.published_at}
    assert "Budi" not in repr(three)


def test_a_platform_that_is_not_known_is_named_and_counted(tmp_path: Path) -> None:
    ends = read_ends(ndjson(tmp_path, captured("linkedin.com", {"text": "Halo"})))
    assert ends == [
        (
            "refused_unknown_platform: platform 'linkedin.com' is not known; known are: "
            "facebook, instagram, threads, tiktok, x"
        )
    ]


@pytest.mark.parametrize("platform", ["x.com", "instagram.com", "tiktok.com", "threads.com",
                                      "facebook.com"])  # fmt: skip
@pytest.mark.parametrize("data", [{}, {"id": 1, "text": "Halo"}, {"legacy": []}, {"user": None}])
def test_a_changed_layout_fails_and_is_never_stored_half(
    tmp_path: Path, platform: str, data: dict[str, Any]
) -> None:
    (end,) = read_ends(ndjson(tmp_path, captured(platform, data)))
    assert str(end).startswith("failed_parse: is no post as")
    assert "changed its layout" in str(end)


def test_a_withheld_post_and_one_without_words_are_counted(tmp_path: Path) -> None:
    path = ndjson(
        tmp_path,
        captured("x.com", {"__typename": "TweetTombstone"}),
        captured("instagram.com", MEDIA | {"caption": None}),
    )
    assert [str(end).split(":")[0] for end in read_ends(path)] == [
        "refused_not_a_post",
        "refused_too_short",
    ]


def test_what_4cat_keeps_of_a_capture_is_the_same_post(tmp_path: Path) -> None:
    bare = read_posts(ndjson(tmp_path, captured("x.com", tweet())))
    kept = ndjson(tmp_path, tweet() | {"__import_meta": {"source_platform": "twitter.com"}})
    assert describe(kept) == "NDJSON of 4CAT (twitter.com)"
    assert read_posts(kept) == bare


def test_a_csv_of_4cat_is_read_in_its_own_time_zone_and_with_the_platforms_ids(
    tmp_path: Path,
) -> None:
    path = tmp_path / "4cat.csv"
    path.write_text(
        "id,thread_id,timestamp,unix_timestamp,link,body,author,like_count,retweet_count\n"
        "1990000000000000001,1,2026-11-26 02:30:00,1795660200,"
        "https://x.com/warga_sarang/status/1990000000000000001,Jembatan roboh,warga_sarang,3,2\n"
    )
    assert describe(path) == "CSV of 4CAT, 9 columns"
    (post,) = read_posts(path)
    assert post.id == post_id("x", "1990000000000000001")
    assert isinstance(post, Post)
    assert post.published_at is not None
    assert post.published_at.isoformat() == "2026-11-26T02:30:00+00:00"
    assert (post.author, post.reach) == (pseudonym("warga_sarang", KEY), {"likes": 3, "shares": 2})


def test_no_field_keeps_a_control_character_or_half_a_character(tmp_path: Path) -> None:
    spoilt = MEDIA | {"code": "DS\x00\x1b\ud800xyz", "taken_at": "1795\x07"}
    (post,) = read_posts(ndjson(tmp_path, captured("instagram.com", spoilt)))
    kept = f"{post.url}{post.published_raw}"
    assert kept.isprintable()
    kept.encode()
