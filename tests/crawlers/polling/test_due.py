"""Polling as the command shows it, against a real server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from crawlers.polling.schedule import Schedule
from indices.documents import CrawlState
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb


def test_a_source_is_read_again_only_when_it_is_due(home: CrawlHome, web: InventedWeb) -> None:
    home.add("kabar-uji", web.feed("/rss", [web.article("/berita/1", "Hulu")]))
    table = home.path / "aduan.csv"
    table.write_text("id,teks\n1,Jembatan putus\n", encoding="utf-8")
    home.add("aduan", str(table))
    assert set(home.crawl(everything=False)) == {"aduan", "kabar-uji"}
    assert set(home.crawl(everything=False)) == {"aduan"}, "a file costs nothing"
    assert web.asked["/rss"] == 1
    home.run("sources", "disable", "aduan")
    assert "none of 1 sources is due; luruskan crawl --all" in home.run("crawl")
    assert set(home.crawl("--source", "kabar-uji", everything=False)) == {"kabar-uji"}
    assert set(home.crawl()) == {"kabar-uji"}
    assert web.asked["/rss"] == 3


def failing_since_days(home: CrawlHome, days: int) -> None:
    """As if it had failed for days."""
    now = datetime.now(UTC)
    failing = Schedule(strain=20, failing_since=now - timedelta(days=days))
    store = home.store()
    store.put_crawl_state(CrawlState(source_id="mati", values=failing.dump(), updated_at=now))
    store.close()


def test_a_source_that_fails_for_days_is_paused_with_an_alarm_and_resumed_by_a_person(
    home: CrawlHome, web: InventedWeb
) -> None:
    home.add("mati", web.fail("/rss", 404))
    home.add("baik", web.feed("/baik", [web.article("/berita/1", "Hulu")]))
    failing_since_days(home, 4)
    report = json.loads(home.run("crawl", "--json", code=1))
    assert [(each["code"], each["about"]) for each in report["alarms"]] == [
        ("source_paused", "mati")
    ]
    assert "luruskan sources enable mati" in report["alarms"][0]["text"]
    assert json.loads(home.run("crawl", "--json"))["counts"]["sources_waiting"] == 2
    home.run("sources", "enable", "mati")
    assert set(home.crawl(code=1, everything=False)) == {"mati"}
    assert home.crawl(code=1)["mati"].error


def test_the_memory_of_a_source_survives_its_failures(home: CrawlHome, web: InventedWeb) -> None:
    link = web.article("/berita/1", "Hulu")
    home.add("kabar-uji", web.feed("/rss", [link], ETag='"satu"'))
    home.crawl()
    web.server.clear()
    web.serve("/robots.txt", "", "text/plain")
    web.fail("/rss", 500)
    home.crawl(code=1)
    store = home.store()
    state = store.find_crawl_state("kabar-uji")
    store.close()
    assert state is not None
    assert state.values["etag"] == '"satu"'
    assert float(state.values["poll_strain"]) == 0.5
