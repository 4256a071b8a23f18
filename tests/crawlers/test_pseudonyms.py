"""Names of people on platforms do not get into the record, wherever a post writes them."""

import time

import pytest

from crawlers.pseudonyms import pseudonym, without_names

KEY = "kunci-uji"
SARI = pseudonym("sari.lembah", KEY)


def test_a_name_is_one_pseudonym_however_it_is_written() -> None:
    assert pseudonym("@Sari.Lembah ", KEY) == SARI
    assert SARI.startswith("warga-")
    assert pseudonym("sari.lembah", "kunci lain") != SARI
    assert pseudonym("sari.lembah", "") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kata @sari.lembah.", f"kata @{SARI}."),
        ("@sari.lembah @SARI.LEMBAH", f"@{SARI} @{SARI}"),
        ("hai @\u2068sari.lembah\u2069 ini", f"hai @{SARI} ini"),
        ("https://x.com/sari.lembah", f"https://x.com/{SARI}"),
        ("lihat x.com/sari.lembah/status/12", f"lihat x.com/{SARI}/status/12"),
        (
            "https://www.instagram.com/sari.lembah/?hl=id",
            f"https://www.instagram.com/{SARI}/?hl=id",
        ),
        ("https://www.tiktok.com/@sari.lembah/video/7", f"https://www.tiktok.com/@{SARI}/video/7"),
        ("https://sosial.example/@sari.lembah/1", f"https://sosial.example/@{SARI}/1"),
        ("t.me/sari.lembah/44", f"t.me/{SARI}/44"),
        ("Forwarded from sari.lembah\nAwas!", f"Forwarded from {SARI}\nAwas!"),
        ("Diteruskan dari: sari.lembah", f"Diteruskan dari: {SARI}"),
    ],
)
def test_mentions_profile_links_and_forwards_lose_the_name(text: str, expected: str) -> None:
    assert without_names(text, KEY) == expected
    assert without_names(expected, KEY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "surel warga@lembah.example",
        "https://www.instagram.com/p/DSDLDXjDOGC/",
        "https://x.com/i/status/1",
        "https://kabarlembah.example/berita/1",
        "https://www.facebook.com/groups/123/posts/4",
        "harga @ Rp 5.000",
        "kontak @infoBMKG",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert without_names(text, KEY, {"infobmkg"}) == text


@pytest.mark.parametrize("piece", ["-000", "a.", "@a", "x.com/", "@\u2068", "Forwarded from "])
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    started = time.process_time()
    without_names(text, KEY)
    assert time.process_time() - started < 2


def test_without_a_key_names_go_all_the_same() -> None:
    assert without_names("@sari dan x.com/sari", "") == "@[akun] dan x.com/[akun]"
