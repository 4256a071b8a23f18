"""One article, one address; one post, one id; one text, one hash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.identity import canonical_url, post_id, text_hash

ARTICLE = "https://kabar.example/berita/banjir"


@pytest.mark.parametrize(
    "seen",
    [
        ARTICLE,
        "http://www.kabar.example/berita/banjir/",
        "https://m.kabar.example/berita/banjir#komentar",
        "https://kabar.example:443//berita/banjir?utm_source=x&fbclid=y",
        "https://amp.kabar.example/berita/banjir/amp",
        "  https://KABAR.example/berita/banjir?page=all ",
    ],
)
def test_every_way_to_an_article_is_one_address(seen: str) -> None:
    assert canonical_url(seen) == ARTICLE
    assert post_id("web", seen) == post_id("web", ARTICLE)


@pytest.mark.parametrize(
    "other", ["", "halo", "ftp://a.example/", "javascript:alert(1)", "http://"]
)
def test_what_is_no_web_address_has_none(other: str) -> None:
    assert canonical_url(other) == ""


def test_what_tells_articles_apart_stays() -> None:
    assert canonical_url(f"{ARTICLE}?id=2&b=1") == f"{ARTICLE}?b=1&id=2"
    assert canonical_url(f"{ARTICLE}?page=2") != ARTICLE


def test_a_text_keeps_its_hash_over_spacing_and_loses_it_over_words() -> None:
    assert text_hash("Judul", "Isi  baru\n") == text_hash("Judul ", "Isi baru")
    assert text_hash("Judul", "Isi baru") != text_hash("Judul", "Isi Baru")


@settings(deadline=None)
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_anything_gets_an_id_and_a_hash(one: str, other: str) -> None:
    assert len(post_id("web", one)) == len(post_id("x", one)) == 24
    assert len(text_hash(one, other)) == 16
    assert canonical_url(f"https://a.example/{one}?x={other}").isascii()


def test_half_a_character_gets_an_id_and_a_hash_too() -> None:
    assert len(post_id("x", "\ud800")) == 24
    assert len(text_hash("\ud800", "\udfff")) == 16
