"""Every way to an article is one address, and two articles never share one."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.addresses import canonical_url

ARTICLE = "https://kabar.example/berita/banjir"


@pytest.mark.parametrize(
    "seen",
    [
        "https://www.m.kabar.example/berita/banjir",
        "https://wap.kabar.example/berita/banjir.amp",
        "https://kabar.example/amp/berita/banjir",
        "https://kabar.example/berita/banjir/amp.html",
        "https://kabar.example/berita/banjir/amp/amp/?amp=1",
        "https://kabar.example/berita/banjir?page=ALL&s=paging_new",
        "https://kabar.example/berita/banjir?single=1&outputType=amp",
        "https://kabar.example/berita/banjir?m=1&fbclid=a&gclid=b&igsh=c&_ga=d&mibextid=e",
        "https://kabar.example/berita/banjir;jsessionid=8F?PHPSESSID=1#page2",
        "https://user:secret@kabar.example./berita/banjir",
        "https://www.google.com/amp/s/www.kabar.example/berita/banjir/amp/",
        "https://www.google.co.id/amp/kabar.example/berita/banjir",
        "https://kabar-example.cdn.ampproject.org/c/s/m.kabar.example/berita/banjir?usqp=mq331",
    ],
)
def test_every_way_to_an_article_is_one_address(seen: str) -> None:
    assert canonical_url(seen) == ARTICLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://m.co.id/1", "https://amp.co.id/1"),
        ("https://m.example/1", "https://amp.example/1"),
        ("https://kabar.example/berita/banjir", "https://kabar.example/berita/Banjir"),
        ("https://kabar.example/?p=1", "https://kabar.example/?p=2"),
        ("https://kabar.example/?m=202601", "https://kabar.example/?m=202602"),
        ("https://kabar.example/x?page=2", "https://kabar.example/x?page=3"),
        ("https://kabar.example/cari?s=banjir", "https://kabar.example/cari?s=gempa"),
        ("https://kabar.example/lampu", "https://kabar.example/l"),
        ("https://kabar.example/berita/tramp", "https://kabar.example/berita/tr"),
        ("https://kabar.example/ampas/1", "https://kabar.example/as/1"),
        ("https://kabar.example:8080/1", "https://kabar.example/1"),
        ("https://google.com/amp-artinya", "https://google.com/artinya"),
        ("https://kabar.example/a%2Fb", "https://kabar.example/a/b"),
        ("https://mkabar.example/1", "https://kabar.example/1"),
    ],
)
def test_two_articles_keep_two_addresses(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


SLUG = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).filter(
    lambda slug: slug != "amp"
)
HOST = st.sampled_from(["kabar.example", "suara.co.id", "berita.kabar.example", "10.0.0.7"])
NUMBER = st.none() | st.integers(1, 10**6)
ARTICLES = st.tuples(HOST, st.lists(SLUG, min_size=1, max_size=3), NUMBER)


@st.composite
def disguised(draw: st.DrawFn, article: tuple[str, list[str], int | None]) -> str:
    """A link to the article as one may meet it."""
    host, slugs, number = article
    if not host[0].isdigit():
        host = draw(st.sampled_from(["", "www.", "m.", "amp.", "www.m.", "WWW."])) + host
    start = draw(st.sampled_from(["", "/amp", "/"]))
    end = draw(st.sampled_from(["", "/", "/amp", "/amp/", "//", ".amp", "/amp.html"]))
    query = draw(
        st.lists(
            st.sampled_from(["utm_source=wa", "fbclid=Iw", "page=all", "amp=1", "ref=x", "m=1"]),
            max_size=4,
        )
    )
    if number is not None:
        query.insert(draw(st.integers(0, len(query))), f"id={number}")
    fragment = draw(st.sampled_from(["", "#komentar", "#/x?y", "#"]))
    scheme = draw(st.sampled_from(["http", "https", "HTTPS"]))
    marks = "?" + "&".join(query) if query else ""
    return f"{scheme}://{host}{start}/{'/'.join(slugs)}{end}{marks}{fragment}"


def plain(article: tuple[str, list[str], int | None]) -> str:
    host, slugs, number = article
    return f"https://{host}/{'/'.join(slugs)}" + (f"?id={number}" if number is not None else "")


@settings(deadline=None, max_examples=300)
@given(st.data(), ARTICLES, ARTICLES)
def test_disguises_fall_away_and_articles_stay_apart(
    data: st.DataObject,
    one: tuple[str, list[str], int | None],
    other: tuple[str, list[str], int | None],
) -> None:
    seen_one, seen_other = data.draw(disguised(one)), data.draw(disguised(other))

    assert canonical_url(seen_one) == plain(one)
    assert (canonical_url(seen_one) == canonical_url(seen_other)) == (one == other)


PIECES = st.lists(
    st.sampled_from(
        "http:// https:// www. m. amp. a.example co.id /amp // .amp .html ? & = # % %2 %41 ; é @"
        " page=all utm_x [::1] :80 google.com/amp/s/ x.cdn.ampproject.org/c/ \ud800".split(" ")
    )
    | st.text(max_size=3),
    max_size=12,
).map("".join)


@settings(deadline=None, max_examples=500)
@given(PIECES)
def test_an_address_is_its_own_address_whatever_was_given(given_url: str) -> None:
    once = canonical_url(given_url)

    assert canonical_url(once) == once
    assert once == "" or once.startswith("https://")


@given(st.text(max_size=20))
def test_what_somebody_typed_in_a_path_survives(word: str) -> None:
    made = canonical_url(f"https://a.example/x{quote(word, errors='replace', safe='')}x")
    other = canonical_url(f"https://a.example/x{quote(word, errors='replace', safe='')}y")

    assert made.isascii()
    assert made != other


def test_caches_of_caches_without_end_are_no_address() -> None:
    assert canonical_url("https://google.com" + "/amp/google.com" * 50 + "/amp/a.example/1") == ""
