"""A name counts only with evidence, the smallest place that is certain is tagged, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.places.__main__ import HERE, build_gazetteer, count, read_sentences
from indices.documents import PlaceLevel
from indices.places.finding import MOST_TAGS, find_places
from indices.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return build_gazetteer()


def codes(gazetteer: Gazetteer, text: str, *, is_local: bool = False) -> set[str]:
    return {tag.code for tag in find_places(gazetteer, "", text, is_local=is_local)}


def test_the_labelled_sentences_are_read_as_a_careful_reader_does(gazetteer: Gazetteer) -> None:
    counts = count(gazetteer, list(read_sentences(HERE / "sentences.txt")))
    assert counts["right"] > 120
    assert counts["right"] >= 0.97 * (counts["right"] + counts["missing"])
    assert counts["right"] >= 0.98 * (counts["right"] + counts["wrong"])


@pytest.mark.parametrize(
    "text",
    [
        "Mari maju bersama membangun kota.",
        "Kota kita maju dan makmur.",
        "Pak Slamet tinggal di kota.",
        "Pesan dari Slamet itu bohong.",
        "Rumahnya di Jl. Samarinda nomor dua.",
        "Soto Banjar dan nasi Padang habis.",
        "PT Bandung Maju belum membayar.",
        "Lihat https://samarinda.example.com/berita dari @samarinda_info dan samarinda.id",
        "Kutai tertua di negeri ini.",
    ],
)
def test_common_words_persons_streets_and_dishes_are_no_places(
    gazetteer: Gazetteer, text: str
) -> None:
    assert codes(gazetteer, text, is_local=True) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kelurahan Pelita dan Kampung Baru banjir.", {"99.01.01.1002", "99.01.01.1003"}),
        ("Padam di Seroja, Pelita, dan Kelambu Kuning.", {f"99.01.01.100{n}" for n in (1, 2, 4)}),
        ("Kelurahan Pelita/Seroja dipugar.", {"99.01.01.1002", "99.01.01.1001"}),
        ("di muara ensalat sama tepian lurah", {"99.01.01.2005", "99.01.03.2001"}),
        ("Warga Loa Pinang, Slamet, mengaku rugi.", {"99.01.02.2001"}),
        ("Jalan Seroja dan Pelita ditutup.", set()),
        ("Pasar Loa Pinang dan Tiwingan Ulu buka.", {"99.01.02.2002"}),
    ],
)
def test_what_is_certain_of_one_name_in_a_row_speaks_for_the_others(
    gazetteer: Gazetteer, text: str, wanted: set[str]
) -> None:
    assert codes(gazetteer, text, is_local=True) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("info kel pelita mati lampu", "99.01.01.1002"),
        ("pos ronda kel. kampung baru", "99.01.01.1003"),
        ("bantuan ds. harapan baru", "99.01.04.2002"),
        ("kec muara sarang kapan", "99.01.01"),
        ("kab. lembah sarang gempa", "99.01"),
        ("banjir di hulu sarang", "99.01.02"),
        ("kel slamet mohon doa", ""),
        ("di kampung baru ada mangga", ""),
        ("bupati serang balik lawannya", ""),
    ],
)
def test_small_letters_do_not_matter_after_a_word_that_is_plain(
    gazetteer: Gazetteer, text: str, wanted: str
) -> None:
    assert codes(gazetteer, text, is_local=True) == ({wanted} if wanted else set())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#BanjirMuaraSarang", "99.01.01"),
        ("doakan #PrayForLembahSarang", "99.01"),
        ("#BanjirKaltim2026", "64"),
        ("#infosamarinda", "64.72"),
        ("#KutaiBaratSiaga", "64.07"),
        ("#IndonesiaMaju #SotoBanjar #JalanSamarinda #SamarindaSeberang", ""),
    ],
)
def test_hashtags_are_read_word_by_word(gazetteer: Gazetteer, text: str, wanted: str) -> None:
    assert codes(gazetteer, text, is_local=True) == ({wanted} if wanted else set())


def test_a_shop_called_after_a_district_is_none_but_one_that_stands_there_is(
    gazetteer: Gazetteer,
) -> None:
    assert codes(gazetteer, "Apotek Muara Sarang buka.", is_local=True) == set()
    assert codes(gazetteer, "Apotek di Muara Sarang buka.", is_local=True) == {"99.01.01"}
    assert codes(gazetteer, "Kantor Camat Muara Sarang buka.", is_local=True) == {"99.01.01"}


def test_a_tag_says_code_name_level_what_it_lies_in_and_why(gazetteer: Gazetteer) -> None:
    (village, district) = find_places(
        gazetteer, "Air naik", "Warga Desa Loa Pinang, Kecamatan Hulu Sarang, mengungsi."
    )
    assert (village.code, village.name) == ("99.01.02.2001", "Desa Loa Pinang")
    assert (village.level, village.parents) == (PlaceLevel.VILLAGE, ("99", "99.01", "99.01.02"))
    assert village.why == "disebut “Desa Loa Pinang” bersama Kecamatan Hulu Sarang"
    assert district.code == "99.01.02"


def test_a_village_that_two_districts_have_is_told_by_the_district_that_is_named(
    gazetteer: Gazetteer,
) -> None:
    text = "Warga Desa Sidomulyo, {}menolak tambang."
    assert "99.01.02.2005" in codes(gazetteer, text.format("Kecamatan Hulu Sarang, "))
    assert "99.01.03.2003" in codes(gazetteer, text.format("Kec. Batu Kelawit, "))
    assert codes(gazetteer, text.format("")) == set()
    (tag,) = find_places(gazetteer, "", text.format(""), is_local=True)
    assert tag.code == "99.01"
    assert "ada 2 tempat bernama itu" in tag.why


def test_the_same_words_are_ours_from_a_local_source_only(gazetteer: Gazetteer) -> None:
    assert codes(gazetteer, "Warga Desa Sukamaju panen.", is_local=True) == {"99.01.01.2006"}
    assert codes(gazetteer, "Warga Desa Sukamaju panen.") == set()
    assert codes(gazetteer, "Warga Desa Sukamaju, Kabupaten Bogor, panen.", is_local=True) == {
        "32.01"
    }


def test_without_a_gazetteer_nothing_is_found() -> None:
    assert find_places(Gazetteer(), "SAMARINDA - Banjir", "di Samarinda") == ()


def test_the_own_region_comes_first_and_tags_are_bounded(gazetteer: Gazetteer) -> None:
    names = [place.name for place in gazetteer if place.level is PlaceLevel.REGENCY][:60]
    tags = find_places(gazetteer, "", "; ".join([*names, "Kabupaten Lembah Sarang"]))
    assert tags[0].code == "99.01"
    assert len(tags) == MOST_TAGS


@pytest.mark.parametrize(
    "text",
    ["", "#", "# #", ".", "Desa", "di", "Kec.", "\ud800 di Samarinda", "desa " * 20_000, "𝗦𝗮𝗺"],
)
def test_whatever_was_posted_is_read(gazetteer: Gazetteer, text: str) -> None:
    assert isinstance(find_places(gazetteer, text, text), tuple)


def test_places_of_the_file_tell_the_own_regency(tmp_path: Path, gazetteer: Gazetteer) -> None:
    assert gazetteer.own == {"99.01"}
    assert gazetteer.is_own("99.01.02.2001")
    assert not gazetteer.is_own("99.02")
    for region in ("lembah-sarang", "Kabupaten Lembah Sarang", "kab. lembah sarang", "99.01.02"):
        assert gazetteer.is_of_own_region(region), region
    for region in ("", "Samarinda", "Tepian Raya", "64"):
        assert not gazetteer.is_of_own_region(region), region
