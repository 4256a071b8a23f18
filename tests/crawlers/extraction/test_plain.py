"""Scraps of markup as feeds and platforms give them, and as those give them who mean harm."""

from __future__ import annotations

import time

import pytest

from crawlers.extraction.plain import plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Satu<p>Dua<br>Tiga</p>", "Satu\nDua\nTiga"),
        ("harga < 5 & > 3, <b>I <3 Sarang</b>", "harga < 5 & > 3, I <3 Sarang"),
        ("suhu <b>naik</b>, a<b", "suhu naik, a<b"),
        ("&lt;p&gt; &amp; &#x41;<i></i>", "<p> & A"),
        ("<script>jahat()</script><!-- x -->ok<style>p{}</style>", "ok"),
        ("<a href='https://k.example/panjang'>k.example/panj…</a> lalu",
         "https://k.example/panjang lalu"),
        ("<a href='https://k.example/1'>baca</a>", "baca"),
        ("<!-- x -->", ""),
        ("<![CDATA[hai]]> x", "x"),
        ("&#1;a\ud800<b>b", "a\ufffdb"),
    ],
)  # fmt: skip
def test_a_scrap_is_read_as_a_person_sees_it(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<a b='", "<!--", "<![", "</", "<", "&#1", "<b>", "<p>", "<a href='.'>.", "</a>"],
)
def test_a_scrap_made_to_be_slow_is_not(piece: str) -> None:
    started = time.process_time()
    plain_text(piece * (500_000 // len(piece)))
    assert time.process_time() - started < 3
