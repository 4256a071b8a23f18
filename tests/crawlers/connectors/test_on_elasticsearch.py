"""Every platform's connector once on Elasticsearch: posts, memory and rations are kept there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indices.elastic.schema import drop_indices
from indices.opening import open_store
from indices.settings import Settings
from indices.store import Store
from tests.crawlers.connectors import test_bluesky as bluesky
from tests.crawlers.connectors import test_jetstream as jetstream
from tests.crawlers.connectors import test_telegram as telegram
from tests.crawlers.connectors import test_x as x
from tests.crawlers.connectors import test_youtube as youtube
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb

URL = os.environ.get("ELASTICSEARCH_URL", "")
pytestmark = pytest.mark.skipif(not URL, reason="ELASTICSEARCH_URL is not set")


class ElasticHome(CrawlHome):
    """A data directory whose index is on a server."""

    prefix = f"uji-{secrets.token_hex(4)}"

    def set(self, *allowed: str, **given: object) -> None:
        super().set(*allowed, **given)  # type: ignore[arg-type]
        path = self.path / "luruskan.toml"
        index = f'elasticsearch_url = "{URL}"\nindex_prefix = "{self.prefix}"\n'
        path.write_text(index + path.read_text())

    def store(self) -> Store:  # type: ignore[override]
        store = open_store(
            Settings(home=self.path, elasticsearch_url=URL, index_prefix=self.prefix)
        )
        store.refresh()
        return store


@pytest.fixture
def elastic_home(tmp_path: Path) -> Iterator[ElasticHome]:
    home = ElasticHome(tmp_path / "home")
    yield home
    with Elasticsearch(URL) as client:
        drop_indices(client, home.prefix)


@pytest.fixture
def stream() -> Iterator[jetstream.Stream]:
    made = jetstream.Stream()
    yield made
    made.close()


def fill(web: InventedWeb, stream: jetstream.Stream) -> None:
    """Two posts on each platform."""
    for n in (1, 2):
        web.toot(n, f"Kabar warga nomor {n}")
    sky = bluesky.BlueskyServer(web)
    sky.posts = [bluesky.view(n, f"Kabar langit {n}", minutes_ago=n) for n in (1, 2)]
    channel = {n: telegram.message(n, telegram.TEXT.format(f"Air naik, {n}")) for n in (1, 2)}
    telegram.serve_channel(web, channel)
    tweets = x.XServer(web)
    tweets.posts = [x.post(n, f"Banjir {n}", ago=timedelta(hours=3 - n)) for n in (2, 1)]
    videos = youtube.YouTubeServer(web)
    videos.videos = [youtube.video(n) for n in (2, 1)]
    events = [jetstream.event(n, f"banjir lagi {n}", jetstream.NOW_US + n) for n in (8, 9)]
    stream.events = events


def watch(home: CrawlHome, web: InventedWeb, stream: jetstream.Stream) -> None:
    keys = {
        "bluesky_service": web.base,
        "bluesky_handle": "@kami.bsky.social",
        "bluesky_app_password": bluesky.PASSWORD,
        "x_api": f"{web.base}/2",
        "x_bearer_token": x.TOKEN,
        "x_rupiah_per_post": 80,
        "x_monthly_rupiah": 8_000,
        "youtube_api": f"{web.base}/v3",
        "youtube_key": youtube.KEY,
    }
    home.set(web.host, stream.host, platforms=keys)
    home.add("mastodon", web.base, hashtag="lembah")
    home.add("bluesky", "https://bsky.app", search="banjir")
    home.add("telegram", f"{web.base}/s/kabarlembah", connector="telegram")
    home.add("x", "https://x.com", search="banjir")
    home.add("youtube", "https://www.youtube.com", search="banjir")
    jetstream.watch(home, stream)


def test_every_platform_fills_the_index_and_a_second_crawl_adds_nothing(
    elastic_home: ElasticHome, web: InventedWeb, stream: jetstream.Stream
) -> None:
    fill(web, stream)
    watch(elastic_home, web, stream)
    first = elastic_home.crawl()
    assert {name: run.error for name, run in first.items() if run.error} == {}
    names = {"mastodon", "bluesky", "telegram", "x", "youtube", "arus"}
    assert {name: dict(run.dispositions) for name, run in first.items()} == {
        name: {"stored": 2} for name in names
    }
    posts = elastic_home.posts()
    assert len(posts) == 12
    assert all(post.evidence for post in posts)
    store = elastic_home.store()
    spent = store.find_crawl_state("ration:x")
    store.close()
    assert spent is not None
    assert int(spent.values["spent"]) == 160

    second = elastic_home.crawl()
    assert not any("stored" in run.dispositions for run in second.values())
    assert [post.id for post in elastic_home.posts()] == [post.id for post in posts]
