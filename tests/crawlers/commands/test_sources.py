from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main
from indices.documents import CrawlState
from indices.embedded.store import EmbeddedStore
from tests.factories import NOW


@pytest.fixture
def run(tmp_path: Path) -> object:
    def invoke(*words: str, answer: str = "") -> Result:
        words = ("--home", str(tmp_path), "sources", *words)
        return CliRunner().invoke(main, words, input=answer)

    return invoke


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["https://www.kabaruji.example/rss"], "kabaruji-example press feed"),
        (["https://kabaruji.example/daerah/rss.xml"], "kabaruji-example-daerah press feed"),
        (["https://lembah.go.id/feed"], "lembah-go-id government feed"),
        (["https://kabaruji.example/sitemap-news.xml"],
         "kabaruji-example-sitemap-news press sitemap"),
        (["https://sosial.example", "-o", "hashtag=#Banjir"],
         "sosial-example-banjir platform mastodon"),
        (["https://kabaruji.example/rss", "--id", "uji", "--kind", "fact_checker"],
         "uji fact_checker feed"),
    ],
)  # fmt: skip
def test_what_is_not_said_is_guessed(run, words: list[str], expected: str) -> None:  # type: ignore[no-untyped-def]
    result = run("add", *words)
    assert result.exit_code == 0, result.output
    assert result.output.split("\t")[:3] == expected.split(" ")


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["ftp://kabaruji.example/rss"], "only http and https addresses and files"),
        (["https://[kabaruji/rss"], "is no address"),
        (["https://"], "is no address (no host)"),
        (["./tiada.csv"], "no such file, and no http(s) address either"),
        (["https://kabaruji.example/", "--connector", "gopher"],
         "there are: bluesky, feed, file, jetstream, mastodon, page, sitemap"),
        (["https://kabaruji.example/", "-o", "hastag=x"], "has no option 'hastag'; it knows:"),
        (["https://kabaruji.example/", "-o", "hashtag"], "must be KEY=VALUE"),
        (["https://kabaruji.example/", "-o", "timezone=Mars"], "a time zone such as Asia/Makassar"),
        (["https://kabaruji.example/", "-o", "min_characters=banyak"], "must be a whole number"),
        (["https://s.example/", "-o", "hashtag=x", "-o", "account=y"], "give one of"),
        (["https://kabaruji.example/", "--id", "Kabar Uji"], "lower-case words joined by hyphens"),
    ],
)  # fmt: skip
def test_a_wrong_source_is_refused_in_one_line_that_names_the_mend(  # type: ignore[no-untyped-def]
    run, words: list[str], mend: str
) -> None:
    result = run("add", *words)
    assert result.exit_code == 2
    assert mend in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert run("list").stdout == ""


def test_a_source_is_listed_switched_off_and_on_and_forgotten(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "https://kabaruji.example/rss", "--id", "uji", "--region", "lembah")
    assert (
        "watched already as uji" in run("add", "https://kabaruji.example/rss", "--id", "uji").output
    )
    assert run("disable", "uji").exit_code == 0
    assert run("list").stdout.endswith("\tdisabled\n")
    assert run("enable", "uji").exit_code == 0
    listed = json.loads(run("list", "--json").output)
    assert (listed["region"], listed["enabled"]) == ("lembah", True)
    assert run("remove", "uji", answer="n\n").exit_code == 1
    assert run("list").stdout != ""
    assert run("remove", "uji", "--yes").exit_code == 0
    assert run("list").stdout == ""
    for word in ("enable", "disable", "remove"):
        assert run(word, "uji").exit_code == 2


def test_a_source_is_changed_and_its_change_is_shown(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "https://kabaruji.example/rss", "--id", "uji", "-o", "articles=no")
    changed = run(
        "edit", "uji", "--name", "Kabar Uji", "-o", "articles=", "-o", "timezone=Asia/Jakarta"
    )
    assert changed.output.splitlines() == [
        "name\tkabaruji.example\t->\tKabar Uji",
        "options\tarticles=no\t->\ttimezone=Asia/Jakarta",
    ]
    assert run("edit", "uji", "--name", "Kabar Uji").output == "nothing to change\n"
    assert run("edit", "uji", "-o", "hastag=x").exit_code == 2
    assert run("edit", "uji", "--url", "gopher://x").exit_code == 2
    assert run("edit", "tiada", "--name", "x").exit_code == 2
    assert json.loads(run("list", "--json").output)["name"] == "Kabar Uji"


def test_another_address_forgets_the_marks_of_the_old_one(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "https://kabaruji.example/rss", "--id", "uji")
    store = EmbeddedStore.open(tmp_path / "index.sqlite")
    store.put_crawl_state(CrawlState(source_id="uji", values={"etag": "x"}, updated_at=NOW))
    run("edit", "uji", "--name", "Uji")
    assert store.find_crawl_state("uji").values == {"etag": "x"}  # type: ignore[union-attr]
    run("edit", "uji", "--url", "https://kabaruji.example/feed")
    assert store.find_crawl_state("uji").values == {}  # type: ignore[union-attr]
    store.close()


def test_what_was_removed_is_taken_back_by_its_own_output(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("add", "https://kabaruji.example/rss", "--id", "uji", "--region", "Lembah")
    listed = run("list", "--json").output
    kept = tmp_path / "uji.toml"
    kept.write_text(run("remove", "uji", "--yes").output)
    assert run("list").stdout == ""
    assert "added 1" in run("import", str(kept)).output
    assert run("list", "--json").output == listed


def test_the_catalogue_is_taken_over_by_kind_and_region_and_twice_changes_nothing(run) -> None:  # type: ignore[no-untyped-def]
    words = ("--kind", "government", "--region", "kutai", "--disabled")
    planned = run("import", *words, "--dry-run").output
    assert run("list").stdout == ""
    first = run("import", *words).output
    assert first == planned
    assert "overwritten 0, unchanged 0, left 0" in first
    listed = run("list").stdout.splitlines()
    assert len(listed) >= 4
    assert all(line.endswith("\tdisabled") for line in listed)
    run("enable", "kukar")
    again = run("import", *words).output
    assert again == f"added 0, overwritten 0, unchanged {len(listed)}, left 0\n"
    assert "Kota Samarinda, " in run("import", "--region", "mars").output
    assert run("import", "--id", "tiada").exit_code == 2
    assert run("import", "--kind", "fact_checker", "--region", "nasional").exit_code == 0


def test_what_differs_here_is_overwritten_only_on_request(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("import", "--id", "turnbackhoax")
    run("edit", "turnbackhoax", "--name", "Nama kami")
    exported = tmp_path / "kami.toml"
    exported.write_text(run("export").output)
    assert "left 1" in run("import", "--id", "turnbackhoax").output
    assert run("import", "--id", "turnbackhoax", "--replace", answer="n\n").exit_code == 1
    assert "Nama kami" in run("list", "--json").output
    assert "overwritten 1" in run("import", "--id", "turnbackhoax", "--replace", "--yes").output
    assert "Nama kami" not in run("list", "--json").output
    assert "overwritten 1" in run("import", str(exported), "--replace", answer="y\n").output
    assert "Nama kami" in run("list", "--json").output


def test_a_second_feed_of_a_site_gets_a_number_and_the_same_one_is_refused(run) -> None:  # type: ignore[no-untyped-def]
    empty = run("list")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "nothing is watched yet" in empty.stderr
    assert "luruskan sources discover" in empty.stderr
    for number in (1, 2, 3):
        run("add", f"https://kabarlembah.example:800{number}/rss")
    names = [line.split("\t")[0] for line in run("list").stdout.splitlines()]
    assert names == ["kabarlembah-example", "kabarlembah-example-2", "kabarlembah-example-3"]
    again = run("add", "https://kabarlembah.example:8002/rss")
    assert again.exit_code == 2
    assert "is watched already as kabarlembah-example-2" in again.output
    taken = run("add", "https://lain.example/rss", "--id", "kabarlembah-example")
    assert "is there already; choose another with --id" in taken.output
