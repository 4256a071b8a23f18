"""A national outlet fills the record with what is about the own region, and says why."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from indices.documents import PlaceLevel, PlaceTag, SourceKind
from indices.places.gazetteer import Gazetteer
from indices.places.table import read_places
from indices.relevance import RelevanceRule
from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb
from tests.factories import a_post, a_source

PLACES = Path(str(files("crawlers.demo.content").joinpath("places.csv")))
GAZETTEER = Gazetteer(read_places(PLACES))
VILLAGE = PlaceTag(
    code="99.01.02.2001",
    name="Desa Loa Pinang",
    level=PlaceLevel.VILLAGE,
    parents=("99", "99.01", "99.01.02"),
    why="disebut “Desa Loa Pinang”",
)
PROVINCE = PlaceTag(code="99", name="Provinsi Tepian Raya", level=PlaceLevel.PROVINCE)
NATIONAL = a_source(region="", options={"relevance": "region"})


def judge(source=NATIONAL, gazetteer=GAZETTEER, **post: object):  # type: ignore[no-untyped-def]
    values = {"region": "", "title": "Judul", "text": "Isi berita"} | post
    return RelevanceRule(gazetteer, ["Bank Lembah"]).judge(source, a_post(**values))


@pytest.mark.parametrize(
    ("verdict", "kept", "why"),
    [
        (judge(a_source(region="")), True, ""),
        (judge(), False, "tidak menyebut tempat"),
        (judge(places=(PROVINCE,)), False, "tempat yang disebut: Provinsi Tepian Raya"),
        (judge(places=(VILLAGE,)), True, "menyebut Desa Loa Pinang: disebut “Desa Loa Pinang”"),
        (judge(text="Nasabah BANK-LEMBAH resah."), True, "kata kunci “Bank Lembah”"),
        (judge(text="Bank di Lembah resah."), False, "kata kunci"),
        (judge(region="Lembah Sarang"), True, "sumbernya dari wilayah sendiri"),
        (judge(gazetteer=Gazetteer()), True, "daftar tempat belum diisi"),
        (
            judge(a_source(kind=SourceKind.FACT_CHECKER, options=NATIONAL.options)),
            True,
            "cek fakta",
        ),
        (
            judge(a_source(region="", options={"relevance": "province"}), places=(PROVINCE,)),
            True,
            "menyebut Provinsi Tepian Raya",
        ),
    ],
)
def test_each_post_is_kept_or_left_for_a_reason(verdict, kept: bool, why: str) -> None:  # type: ignore[no-untyped-def]
    assert verdict.kept is kept
    assert why in verdict.why


@pytest.fixture
def national(home: CrawlHome, web: InventedWeb) -> CrawlHome:
    home.run("places", "import", str(PLACES))
    links = [web.article(f"/{n}", name) for n, name in enumerate(["Desa Loa Pinang", "Surabaya"])]
    home.add("nasional", web.feed("/rss", links), "press", relevance="region")
    return home


def test_what_is_left_is_counted_named_once_and_not_fetched_again(
    national: CrawlHome, web: InventedWeb
) -> None:
    first = national.crawl()["nasional"]
    assert dict(first.dispositions) == {"stored": 1, "refused_not_relevant": 1}
    assert first.error == ""
    (post,) = national.posts()
    assert post.relevance.startswith("menyebut Desa Loa Pinang: ")
    (line,) = national.journal()
    assert line["item"].endswith("/1")
    assert line["detail"].startswith("tidak menyebut wilayah sendiri")

    again = national.crawl()["nasional"]
    assert dict(again.dispositions) == {"duplicate": 1, "refused_not_relevant": 1}
    assert web.asked["/1"] == 1
    assert len(national.journal()) == 1


def test_another_rule_looks_again_at_what_was_left(national: CrawlHome, web: InventedWeb) -> None:
    national.crawl()
    national.run("sources", "edit", "nasional", "-o", "relevance=all")
    assert dict(national.crawl()["nasional"].dispositions) == {"duplicate": 1, "stored": 1}
    assert web.asked["/1"] == 2


def test_what_was_kept_once_is_followed_on(national: CrawlHome, tmp_path: Path) -> None:
    path = tmp_path / "kabar.csv"
    path.write_text("id,text\n1,Air naik di Desa Loa Pinang\n2,Air naik di Surabaya\n")
    national.add("daftar", str(path), "press", relevance="region")
    ends = dict(national.crawl("--source", "daftar", everything=False)["daftar"].dispositions)
    assert ends == {"stored": 1, "refused_not_relevant": 1}
    path.write_text("id,text\n1,Air sudah surut\n2,Air naik di Surabaya lagi\n")
    ends = dict(national.crawl("--source", "daftar", everything=False)["daftar"].dispositions)
    assert ends == {"updated": 1, "refused_not_relevant": 1}


def test_stored_posts_are_judged_again_and_none_is_deleted(national: CrawlHome) -> None:
    national.crawl()
    path = national.path / "places.csv"
    whole = path.read_text()
    path.write_text("".join(row for row in whole.splitlines(True) if "Loa Pinang" not in row))

    said = national.run("places", "apply")

    assert "1 would not be kept today and stay, without a reason" in said
    (post,) = national.posts()
    assert (post.places, post.relevance) == ((), "")

    path.write_text(whole)
    assert national.run("places", "apply") == "1 posts are read differently now\n"
    (post,) = national.posts()
    assert post.relevance.startswith("menyebut Desa Loa Pinang: ")


def test_a_sample_shows_what_would_be_kept_and_left_and_why(national: CrawlHome) -> None:
    shown = national.run("sources", "check", "nasional")
    assert "1 would be taken, 1 left as not relevant" in shown
    assert "menyebut Desa Loa Pinang" in shown
    assert "tidak menyebut wilayah sendiri" in shown


def test_a_wrong_choice_is_refused_in_one_line(national: CrawlHome) -> None:
    national.run("sources", "edit", "nasional", "-o", "relevance=kota", code=2)
    assert "must be all, region or province" in national.errors


def test_without_places_everything_is_kept_and_the_doctor_says_so(
    national: CrawlHome,
) -> None:
    (national.path / "places.csv").unlink()
    assert dict(national.crawl()["nasional"].dispositions) == {"stored": 2}
    assert "luruskan places import CODE" in national.run("doctor", code=None)
