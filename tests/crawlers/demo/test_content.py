"""What the invented region wrote: enough of every kind, dated, and nobody real."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.demo.content.loading import SPAN_DAYS, Content, indonesian_day, load_content

START = datetime(2026, 11, 16, 3, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(START)


def test_there_are_at_least_170_items_of_every_kind(content: Content) -> None:
    kinds: dict[str, int] = {}
    for status in content.statuses:
        kinds[status.kind] = kinds.get(status.kind, 0) + 1
    assert content.size >= 170
    assert kinds["chatter"] >= 35
    assert kinds["criticism"] >= 10
    assert kinds["satire"] >= 4
    assert kinds["scam"] >= 10
    assert kinds["hoax"] >= 30
    assert len(content.articles["kabar_lembah"]) + len(content.articles["suara_sarang"]) >= 45
    assert len(content.articles["periksa_lembah"]) >= 12


def test_everything_lies_in_the_three_weeks_before_the_first_start(content: Content) -> None:
    articles = [article for site in content.articles.values() for article in site]
    moments = [item.published_at for item in (*articles, *content.statuses, *content.messages)]
    assert max(moments) <= START
    assert min(moments) >= START - timedelta(days=SPAN_DAYS + 1)
    week_ago = START - timedelta(days=7)
    assert sum(moment >= week_ago for moment in moments) >= 60
    assert sum(week_ago - timedelta(days=7) <= moment < week_ago for moment in moments) >= 40


def test_no_text_is_written_twice_and_no_placeholder_is_left(content: Content) -> None:
    texts = [status.text for status in content.statuses]
    texts += [message.text for message in content.messages]
    texts += [article.text for site in content.articles.values() for article in site]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if "{hari}" in text or "{tanggal}" in text] == []


def test_links_and_numbers_lead_nowhere(content: Content) -> None:
    texts = " ".join(
        [s.text for s in content.statuses] + [message.text for message in content.messages]
    )
    hosts = re.findall(r"(?:https?://)?([a-z-]+(?:\.[a-z-]+)*\.(?:com|id|net|org|example))", texts)
    assert hosts
    assert [host for host in hosts if not host.endswith(".example")] == []
    assert re.findall(r"\b08\d\d[ -]?(?!0000)\d{4}", texts) == []


def test_some_rumours_are_checked_and_some_are_not_yet(content: Content) -> None:
    checked = {article.claim for article in content.articles["periksa_lembah"]}
    claims = {status.claim for status in content.statuses if status.kind == "hoax"}
    assert len(claims) >= 10
    assert len(claims & checked) >= 6
    assert len(claims - checked) >= 3


def test_criticism_never_carries_a_rumour(content: Content) -> None:
    assert [s for s in content.statuses if s.kind in {"criticism", "satire"} and s.claim] == []


def test_every_status_is_by_a_known_account(content: Content) -> None:
    known = {account.username for account in content.accounts}
    assert {status.account for status in content.statuses} <= known


def test_days_are_written_in_indonesian_and_in_the_regions_own_time() -> None:
    late_on_sunday_in_utc = datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
    assert indonesian_day(late_on_sunday_in_utc) == "Senin, 16 November 2026"
