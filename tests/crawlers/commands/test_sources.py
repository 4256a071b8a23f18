from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main


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
        (["./tiada.csv"], "no such file, and no http(s) address either"),
        (["https://kabaruji.example/", "--connector", "gopher"],
         "there are: feed, file, mastodon, sitemap"),
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
    assert run("list").output == ""


def test_a_source_is_listed_switched_off_and_on_and_forgotten(run) -> None:  # type: ignore[no-untyped-def]
    run("add", "https://kabaruji.example/rss", "--id", "uji", "--region", "lembah")
    assert "there already" in run("add", "https://kabaruji.example/rss", "--id", "uji").output
    assert run("disable", "uji").exit_code == 0
    assert run("list").output.endswith("\tdisabled\n")
    assert run("enable", "uji").exit_code == 0
    listed = json.loads(run("list", "--json").output)
    assert (listed["region"], listed["enabled"]) == ("lembah", True)
    assert run("remove", "uji", answer="n\n").exit_code == 1
    assert run("list").output != ""
    assert run("remove", "uji", "--yes").exit_code == 0
    assert run("list").output == ""
    for word in ("enable", "disable", "remove"):
        assert run(word, "uji").exit_code == 2
