from __future__ import annotations

import pytest

from crawlers.extraction.titles import clean_title


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Jembatan Sarang dibuka - Kabar Lembah", "https://www.kabarlembah.example/1"),
        ("Jembatan Sarang dibuka | KabarLembah.com", "https://daerah.kabarlembah.example/1"),
        ("Jembatan Sarang dibuka : Kabarlembah Daerah", "https://kabarlembah.example/1"),
        ("KabarLembah.com: Jembatan Sarang dibuka", "https://kabarlembah.example/1"),
        ("Jembatan Sarang dibuka – Suara Sarang", "https://kabarlembah.example/1"),
        ("Jembatan Sarang dibuka | lembah.co.id ", "https://kabarlembah.example/1"),
        ("Jembatan Sarang dibuka | Kabar Lembah – Dari Warga :: Untuk Warga",
         "https://kabarlembah.example/1"),
    ],
)  # fmt: skip
def test_the_name_of_the_outlet_is_cut_off(title: str, url: str) -> None:
    assert clean_title(title, url=url, site_names=["Suara Sarang"]) == "Jembatan Sarang dibuka"


@pytest.mark.parametrize(
    "title",
    [
        "Pemilihan kepala desa - warga menunggu hasil",
        "Bupati: tanggul selesai bulan depan",
        "10-20 rumah terendam",
        "Kabar Lembah",
    ],
)
def test_a_headline_with_dashes_of_its_own_stays_whole(title: str) -> None:
    assert clean_title(title, url="https://kabarlembah.example/1") == title
