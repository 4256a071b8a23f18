"""The invented web answers over real HTTP as such sites do."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import feedparser
import pytest

from crawlers.demo.web import DemoWeb

START = datetime(2026, 11, 16, 3, 30, tzinfo=UTC)
TAG = "/api/v1/timelines/tag/lembahsarang"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoWeb]:
    with DemoWeb(START, tmp_path_factory.mktemp("home")) as opened:
        yield opened


def url_of(web: DemoWeb, source_id: str) -> str:
    return next(source.url for source in web.sources if source.id == source_id)


def fetch(url: str, **headers: str) -> tuple[str, Any]:
    with urlopen(Request(url, headers=headers), timeout=5) as response:
        return response.read().decode(), response.headers


@pytest.mark.parametrize("source_id", ["kabar-lembah", "suara-sarang", "portal-resmi"])
def test_feeds_are_well_formed_and_lead_to_pages_with_a_canonical_link(
    web: DemoWeb, source_id: str
) -> None:
    feed = feedparser.parse(fetch(url_of(web, source_id))[0])
    assert not feed.bozo
    assert len(feed.entries) >= 12
    page, _ = fetch(feed.entries[0].link)
    assert '<link rel="canonical" href="http://127.0.0.1:879' in page
    assert "rekaan" in page


def test_an_unchanged_feed_answers_304(web: DemoWeb) -> None:
    url = url_of(web, "kabar-lembah")
    etag = fetch(url)[1]["ETag"]
    with pytest.raises(HTTPError) as raised:
        fetch(url, **{"If-None-Match": etag})
    raised.value.close()
    assert raised.value.code == 304


def test_robots_txt_forbids_one_page_that_the_feed_announces(web: DemoWeb) -> None:
    url = url_of(web, "kabar-lembah")
    assert "Disallow: /internal/" in fetch(url.replace("/feed", "/robots.txt"))[0]
    assert "/internal/jadwal-redaksi" in fetch(url)[0]


def test_one_announced_article_is_gone_and_one_station_is_out_of_order(web: DemoWeb) -> None:
    gone = url_of(web, "suara-sarang").replace("/feed", "/berita/berita-ditarik")
    for url, status in ((gone, 404), (url_of(web, "radio-gema-hulu"), 503)):
        with pytest.raises(HTTPError) as raised:
            fetch(url)
        raised.value.close()
        assert raised.value.code == status


def test_fact_checks_carry_claim_review(web: DemoWeb) -> None:
    feed = feedparser.parse(fetch(url_of(web, "periksa-lembah"))[0])
    page, _ = fetch(feed.entries[0].link)
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    review = json.loads(block)
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"]
    assert review["reviewRating"]["alternateName"]


def test_the_hashtag_timeline_pages_back_to_its_end_without_gap_or_repeat(web: DemoWeb) -> None:
    url = url_of(web, "warga") + "/api/v1/timelines/tag/lembahsarang?limit=40"
    seen: list[str] = []
    for _ in range(10):
        body, headers = fetch(url)
        statuses = json.loads(body)
        if not statuses:
            break
        seen += [status["id"] for status in statuses]
        url = headers["Link"].split(">")[0].strip("<")
    expected = [s for s in web.content.statuses if s.account != "bpbd_lembahsarang"]
    assert len(seen) == len(set(seen)) == len(expected)
    assert seen == sorted(seen, key=int, reverse=True)


def test_an_account_is_looked_up_and_its_statuses_are_its_own(web: DemoWeb) -> None:
    origin = url_of(web, "bpbd")
    account = json.loads(fetch(f"{origin}/api/v1/accounts/lookup?acct=bpbd_lembahsarang")[0])
    statuses = json.loads(fetch(f"{origin}/api/v1/accounts/{account['id']}/statuses")[0])
    assert {status["account"]["acct"] for status in statuses} == {"bpbd_lembahsarang"}
    assert len(statuses) >= 5


def test_a_taken_port_is_replaced_and_nothing_but_the_address_changes(
    tmp_path: Path, web: DemoWeb
) -> None:
    with DemoWeb(START, tmp_path) as other:  # the usual ports are taken by `web`
        first, second = fetch(url_of(web, "warga") + TAG)[0], fetch(url_of(other, "warga") + TAG)[0]
        article, same_article = (
            fetch(url_of(each, "suara-sarang").replace("/feed", "/berita/antre-solar-nelayan"))[0]
            for each in (web, other)
        )
        ids = [source.id for source in other.sources]
    assert url_of(web, "warga") != url_of(other, "warga")
    assert first == second
    assert article == same_article
    assert ids == [source.id for source in web.sources]


def test_messages_are_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    with DemoWeb(START, tmp_path) as web:
        before = web.messages_path.stat().st_mtime_ns
        lines = web.messages_path.read_text(encoding="utf-8").splitlines()
    with DemoWeb(START, tmp_path) as again:
        assert again.messages_path.stat().st_mtime_ns == before
    assert len(lines) == len(web.content.messages)
    assert all(json.loads(line)["text"] for line in lines)
