from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb


def event(number: int, text: str, at_us: int, **commit: Any) -> str:
    told = {
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": f"3k{number}",
        "record": {"text": text, "createdAt": "2026-11-16T01:00:00Z", "langs": ["id"]},
    }
    values = {"did": f"did:plc:warga{number}", "time_us": at_us, "kind": "commit"}
    return json.dumps(values | {"commit": told | commit})


class Stream:
    """A web socket server that sends what it has, from the cursor on, and then waits."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.asked: list[dict[str, list[str]]] = []
        self.connections = 0
        self.hangs_up = False
        self._server = serve(self._answer, "127.0.0.1", 0)
        self.host = f"127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def _answer(self, connection: ServerConnection) -> None:
        self.connections += 1
        assert connection.request is not None
        asked = parse_qs(urlsplit(connection.request.path).query)
        self.asked.append(asked)
        cursor = int(asked.get("cursor", ["0"])[0])
        try:
            for each in self.events:
                told = json.loads(each) if each.startswith('{"did"') else {}
                if told.get("time_us", cursor) >= cursor:
                    connection.send(each)
            if not self.hangs_up:
                connection.recv()
        except ConnectionClosed:
            pass

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join(10)


@pytest.fixture
def stream() -> Iterator[Stream]:
    made = Stream()
    yield made
    made.close()


NOW_US = int(time.time() * 1_000_000)


def watch(home: CrawlHome, stream: Stream, **options: str) -> None:
    told = {"words": "banjir, tanah longsor", "seconds": "2"} | options
    home.add("arus", f"http://{stream.host}", connector="jetstream", **told)


def test_posts_that_hold_the_words_are_kept_and_the_next_crawl_goes_on_from_there(
    home: CrawlHome, stream: Stream
) -> None:
    home.set(stream.host)
    watch(home, stream, seconds="6")  # time enough to read all of it on a busy machine
    image = {"images": [{"alt": "Foto BANJIR di pasar"}]}
    stream.events = [
        event(1, "Banjir lagi di hulu", NOW_US),
        event(2, "membanjiri pasar dengan promo", NOW_US + 1),
        event(3, "ada tanah\nlongsor", NOW_US + 2),
        event(4, "lihat", NOW_US + 3, record={"text": "lihat", "embed": image}),
        event(5, "banjir", NOW_US + 4, operation="delete", record=None),
        json.dumps({"did": "did:plc:a", "time_us": NOW_US + 5, "kind": "identity"}),
    ]
    assert home.crawl()["arus"].dispositions == {"stored": 3}
    assert stream.asked[0]["wantedCollections"] == ["app.bsky.feed.post"]
    post = next(each for each in home.posts() if "hulu" in each.text)
    assert post.url == "https://bsky.app/profile/did:plc:warga1/post/3k1"
    assert post.author.startswith("warga-")
    assert post.evidence
    stream.events.append(event(9, "banjir surut", NOW_US + 6))
    assert home.crawl()["arus"].dispositions == {"duplicate": 3, "stored": 1}
    assert stream.asked[1]["cursor"] == [str(NOW_US + 5 - 5_000_000)]


def test_silence_a_gap_and_a_changed_layout_are_said(home: CrawlHome, stream: Stream) -> None:
    home.set(stream.host)
    watch(home, stream)
    assert "sent nothing in 2 s" in home.crawl(code=1)["arus"].error
    stream.events = ["[1", "{}", '{"time_us": "x"}', json.dumps({"kind": "commit"}), "[" * 50_000]
    assert "5 of 5 events could not be read" in home.crawl(code=1)["arus"].error
    stream.events = [event(1, "banjir", NOW_US)]
    assert home.crawl()["arus"].error == ""
    stream.events = [event(2, "banjir", NOW_US + 7_200_000_000)]
    assert "no longer holds 2.0 hours" in home.crawl(code=1)["arus"].error


def test_a_run_ends_at_its_bound_and_a_broken_stream_keeps_what_was_read(
    home: CrawlHome, stream: Stream
) -> None:
    home.set(stream.host)
    stream.events = [event(n, f"banjir {n}", NOW_US + n) for n in range(200)]
    watch(home, stream, events="150", seconds="60")
    started = time.monotonic()
    assert home.crawl()["arus"].dispositions == {"stored": 150}
    assert time.monotonic() - started < 40
    stream.hangs_up = True
    run = home.crawl(code=1)["arus"]
    assert run.dispositions == {"duplicate": 150, "stored": 50}
    home.add("lain", f"http://{stream.host}", connector="jetstream", words="banjir", seconds="60")
    run = home.crawl("--source", "lain", code=1)["lain"]
    assert "broke off after 200 events" in run.error
    assert len(home.posts()) == 200
    stream.events = ["x" * 300_000]
    assert "broke off after 0 events" in home.crawl("--source", "lain", code=1)["lain"].error


def test_no_stream_inside_the_network_is_reached_by_address_by_name_or_by_redirect(
    home: CrawlHome, web: InventedWeb, stream: Stream
) -> None:
    port = stream.host.partition(":")[2]
    web.redirect("/subscribe", f"ws://{stream.host}/subscribe")
    addresses = {
        "alamat": f"http://{stream.host}",
        "nama": f"http://localhost:{port}",
        "desimal": f"http://2130706433:{port}",
        "terpetakan": f"http://[::ffff:127.0.0.1]:{port}",
        "dialihkan": web.base,
    }
    for name, address in addresses.items():
        home.add(name, address, connector="jetstream", words="banjir", seconds="2")
    runs = home.crawl(code=1)
    assert stream.connections == 0
    assert all(run.error for run in runs.values()), runs
    assert "crawl.allowed_private_hosts" in runs["nama"].error
    assert "redirect" in runs["dialihkan"].error
    home.set(web.host, f"localhost:{port}")
    home.crawl("--source", "nama", code=1)
    assert stream.connections == 1, "the same name is reached once it is allowed"
