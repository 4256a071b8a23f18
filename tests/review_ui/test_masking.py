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
        ("NIK 7371 0123 4567 8901", "NIK [NIK …01]"),
        ("NIK.7371.0123.4567.8901", "NIK.[NIK …01]"),
        ("KTP 737101-234567-8901", "KTP [NIK …01]"),
        ("KTP 73 71 01 234567 8901 ya", "KTP [NIK …01] ya"),
        ("(0812) 3456-7890", "[telepon …90]"),
        ("+62 (0) 812 3456 7890", "[telepon …90]"),
        ("(+62) 812-3456-7890", "[telepon …90]"),
        ("hp081234567890", "hp[telepon …90]"),
        ("WA.081234567890", "WA.[telepon …90]"),
        ("0899\u20111234\u20115678", "[telepon …78]"),
        ("0 8 1 2 3 4 5 6 7 8 9 0", "[telepon …90]"),
        ("Bank Sarang 0123456789", "Bank Sarang [rekening …89]"),
        ("mobil DD 1234 AB lewat", "mobil [plat …34] lewat"),
        ("plat B1234XYZ", "plat [plat …34]"),
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
        "Hubungi 112, 119, atau 110; pusat panggilan 1500-123",
        "Anggaran Rp 62.812.345.678 dan Rp62.812.345.678 pada 2026",
        "Rp 1.234.567.890.123.456",
        "Tahun 2023 2024 2025 2026",
        "Pada 08.12.2026 10.30 dan 08-12-2026 08.00 WITA",
        "BRI melayani 12.345.678 nasabah pada 2024-2026",
        "Bank Indonesia pada 16-11-2026 mencatat 123.456.789 transaksi",
        "Jarak 100 KM, tahun 1445 H, S1 TI, Pasal 27 A, UU 1/2024, kelas A 3",
        "Pasal 28 ayat (3) UU 1/2024",
        "https://kabarlembah.example/berita/20261116",
        "",
    ],
)
def test_an_ordinary_number_stays(text: str) -> None:
    assert mask(text) == text
    assert not has_personal_data(text)
