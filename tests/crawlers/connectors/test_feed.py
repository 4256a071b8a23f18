"""Feeds that are large, by accident or on purpose; their shapes are tried with whole crawls."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from crawlers.connectors import feed
from crawlers.fetching.fetcher import Fetched
from crawlers.work import SourceUnreadableError

HEAD = "<rss version='2.0'><channel><title>Kabar Lembah</title>"
ITEM = "<item><title>Banjir</title><link>https://kabar.example/1</link>{}</item></channel></rss>"


def fetched(text: str) -> Fetched:
    kind = (("Content-Type", "application/rss+xml"),)
    return Fetched("https://kabar.example/rss", 200, kind, text.encode(), datetime.now(UTC))


@pytest.mark.parametrize(
    "tag", ["<a/>", "<b>x", "<item><title>a</title></item>", "<![CDATA[]]><b>x", "<![CDATA[<b>x"]
)
def test_a_feed_of_nothing_but_tags_is_refused_before_it_is_parsed(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed.feedparser, "parse", lambda *_, **__: pytest.fail("was parsed"))
    with pytest.raises(SourceUnreadableError, match="more than 300,000 tags"):
        feed.parse_feed(fetched(HEAD + ITEM.format(tag * 300_000)), UTC)


def test_a_large_feed_with_whole_articles_is_read() -> None:
    paragraphs = "<p>Warga mengungsi ke <b>balai desa</b>.</p>" * 100_000
    whole = f"<description><![CDATA[{paragraphs}]]></description>"
    entries = feed.parse_feed(fetched(HEAD + ITEM.format(whole)), UTC).entries
    assert [entry.title for entry in entries] == ["Banjir"]
    assert entries[0].summary.count("balai desa") > 1_000


def test_other_sources_go_on_while_a_feed_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    went_on = threading.Event()
    read = feed.Feed([], "https://kabar.example")

    def parse(*_: object) -> feed.Feed:
        assert went_on.wait(10), "the loop stood still"
        return read

    async def two_sources() -> feed.Feed:
        asyncio.get_running_loop().call_later(0.01, went_on.set)
        return await feed.read_feed(fetched(HEAD), UTC)

    monkeypatch.setattr(feed, "parse_feed", parse)
    assert asyncio.run(two_sources()) is read
