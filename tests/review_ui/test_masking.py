"""Numbers that point at a person are hidden; other numbers stay."""

import pytest

from review_ui.masking import has_personal_data, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NIK 7371012345678901 saya", "NIK [NIK …01] saya"),
        ("hubungi 081234567890", "hubungi [telepon …90]"),
        ("WA +62 812-3456-7890 ya", "WA [telepon …90] ya"),
        ("wa.me/6281234567890", "wa.me/[telepon …90]"),
        ("rek BRI 0023 0104 5566 508", "rek BRI [rekening …08]"),
        ("No. Rekening: 1234567890 a.n. Budi", "No. Rekening: [rekening …90] a.n. Budi"),
    ],
)
def test_a_number_of_a_person_is_hidden(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert has_personal_data(text)
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Bantuan Rp 600.000 untuk 12.500 keluarga pada 2026",
        "Gempa 7,2 pukul 22.00 tanggal 16-11-2026",
        "Hubungi 112 atau 110",
        "Pasal 28 ayat (3) UU 1/2024",
        "https://kabarlembah.example/berita/20261116",
        "",
    ],
)
def test_an_ordinary_number_stays(text: str) -> None:
    assert mask(text) == text
    assert not has_personal_data(text)
