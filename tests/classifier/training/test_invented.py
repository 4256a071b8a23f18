"""Invented pairs are whole, balanced and invented."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from classifier.cleaning import clean_text
from classifier.training.corpus import VARIABLE, data_dir
from classifier.training.invented import (
    HELD_OUT,
    INVENTED_HOAX,
    genres,
    read_genre,
    read_lesson,
)
from classifier.training.samples import INVENTED_WEIGHT, collect_rows
from classifier.training.splits import TRAIN
from crawlers.demo.content.loading import load_content

ALL_GENRES = (*genres(), HELD_OUT)
LINK = re.compile(r"https?://([^\s/]+)")
BARE_LINK = re.compile(
    r"\b(?:[\w-]+\.)+(?:com|id|net|org|info|top|site|online|xyz|icu|link|me|co)\b"
)
TELEPHONE = re.compile(r"(?<![\d.])(?:\+62|0)8[\d -]{8,}")


@pytest.mark.parametrize("genre", ALL_GENRES)
def test_a_pair_is_one_ordinary_post_and_one_hoax(genre: str) -> None:
    halves = Counter((post.pair, post.is_hoax) for post in read_genre(genre))
    pairs = {number for number, _ in halves}
    assert len(pairs) >= 100
    assert halves == Counter((number, kind) for number in pairs for kind in (True, False))


@pytest.mark.parametrize("genre", ALL_GENRES)
def test_links_lead_nowhere_and_telephones_ring_nowhere(genre: str) -> None:
    for post in read_genre(genre):
        for host in LINK.findall(post.text):
            assert host.split(":")[0].rstrip(".,)!?*_").endswith(".example"), post.text
        for host in BARE_LINK.findall(post.text):
            assert host.endswith(".go.id"), post.text
        for number in TELEPHONE.findall(post.text):
            assert number.replace(" ", "-").startswith("0812-0000"), post.text


def test_neither_length_nor_shouting_tells_the_two_halves_apart() -> None:
    posts = read_lesson()
    for sign in (
        lambda text: len(text) > 150,
        lambda text: "!" in text,
        lambda text: "http" in text,
        lambda text: any(len(word) > 3 and word.isupper() for word in text.split()),
    ):
        shares = [
            sum(sign(post.text) for post in posts if post.is_hoax is kind) for kind in (True, False)
        ]
        assert 0.6 < shares[0] / shares[1] < 1.67


def test_no_text_is_there_twice_nor_among_what_is_measured_with() -> None:
    cleaned = Counter(clean_text(post.text) for post in read_lesson())
    measured = {clean_text(post.text) for post in read_genre(HELD_OUT)}
    measured |= {clean_text(status.text) for status in load_content(datetime.now(UTC)).statuses}
    assert max(cleaned.values()) == 1
    assert not measured & set(cleaned)


def test_each_genre_is_a_source_of_ordinary_posts_and_hoaxes_are_one() -> None:
    sources = {(post.source, post.is_hoax) for post in read_lesson()}
    assert sources == {(f"invented_{genre}", False) for genre in genres()} | {(INVENTED_HOAX, True)}


@pytest.mark.skipif(not os.environ.get(VARIABLE), reason=f"{VARIABLE} is not set")
def test_the_last_layer_learns_from_them_and_is_never_measured_on_them() -> None:
    rows = [row for row in collect_rows(data_dir(), seed=0) if row.source.startswith("invented_")]
    assert len(rows) == len(read_lesson())
    assert {(row.split, row.weight) for row in rows} == {(TRAIN, INVENTED_WEIGHT)}
    assert not {row.text for row in rows} & {post.text for post in read_genre(HELD_OUT)}
