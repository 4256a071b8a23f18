"""What robots.txt names is found in time that grows with its length, and no faster."""

from __future__ import annotations

import time

import pytest

from crawlers.discovery.addresses import named_sitemaps

HOME = "https://kabaruji.example/"


def test_sitemaps_of_robots_txt_are_found_news_first() -> None:
    robots = (
        "User-agent: *\n\n  Sitemap : /peta.xml\r\nSITEMAP:https://kabaruji.example/berita.xml\n"
    )
    assert named_sitemaps(robots, HOME) == [f"{HOME}berita.xml", f"{HOME}peta.xml"]


@pytest.mark.parametrize("piece", ["\n", " ", "\t \n", "sitemap ", "sitemap:\n"])
def test_a_robots_txt_made_to_be_slow_is_not(piece: str) -> None:
    started = time.process_time()
    assert len(named_sitemaps(piece * 200_000, HOME)) <= 1
    assert time.process_time() - started < 2
