"""Posts know the places they name when they are collected, and when the list grows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tests.crawlers.running import CrawlHome

ROWS = (
    "id,text\n1,Air naik di Desa Loa Pinang sejak subuh\n2,Semoga kota kita makin maju dan jaya\n"
)


def tags(home: CrawlHome) -> dict[str, set[str]]:
    return {post.text[:6]: {tag.code for tag in post.places} for post in home.posts()}


def test_collected_posts_carry_their_places_and_a_later_list_reaches_them(tmp_path: Path) -> None:
    home = CrawlHome(tmp_path / "home")
    home.set()
    (tmp_path / "aduan.csv").write_text(ROWS)
    home.add("aduan", str(tmp_path / "aduan.csv"), kind="tipline")
    home.crawl()
    assert tags(home) == {"Air na": set(), "Semoga": set()}

    content = files("crawlers.demo.content").joinpath("places.csv").read_bytes()
    (tmp_path / "kami.csv").write_bytes(content)
    home.run("places", "import", str(tmp_path / "kami.csv"))
    assert home.run("places", "apply") == "1 posts are read differently now\n"
    assert tags(home) == {"Air na": {"99.01.02.2001"}, "Semoga": set()}

    (tmp_path / "aduan.csv").write_text(ROWS + "3,Listrik padam di Kec. Long Bentawi\n")
    runs = home.crawl()
    assert dict(runs["aduan"].dispositions) == {"stored": 1, "duplicate": 2}
    assert tags(home)["Listri"] == {"99.01.05"}


def test_a_list_that_was_broken_by_hand_is_named_in_one_line(tmp_path: Path) -> None:
    home = CrawlHome(tmp_path / "home")
    home.set()
    (home.path / "places.csv").write_text("code,name,kind\n64,Hulu,benua\n")
    (tmp_path / "aduan.csv").write_text(ROWS)
    home.add("aduan", str(tmp_path / "aduan.csv"), kind="tipline")
    home.run("crawl", "--all", code=2)
    assert "places.csv, line 2: kind 'benua'" in home.errors
    assert home.errors.count("\n") <= 2
