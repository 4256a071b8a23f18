"""A topic is suggested from words that can be seen, and none where they are few or divided."""

from __future__ import annotations

import pytest

from classifier.topics import load_topics, suggest_topic
from review_ui.desk.vocabulary import Topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("gempa susulan malam ini, warga diminta mengungsi", "kebencanaan"),
        ("vaksin tetes dari puskesmas membuat anak sakit", "kesehatan"),
        ("selamat, nomor anda pemenang undian, klik link ini", "penipuan"),
        ("surat suara pilkada sudah dicoblos duluan", "politik"),
        ("bupati naikkan pajak bumi lewat surat edaran", "pemerintahan"),
        ("awas komplotan penculik anak bermobil putih", "kejahatan"),
        ("sekolah libur dua pekan, siswa belajar di rumah", "pendidikan"),
        ("pocong jalan sendiri di kebun karet, angker", "mitos"),
        ("hari ini masak sayur asem bareng adik", ""),
        ("", ""),
    ],
)
def test_words_speak_for_a_topic(text: str, topic: str) -> None:
    assert suggest_topic(text) == topic


def test_two_topics_alike_are_no_suggestion() -> None:
    assert suggest_topic("vaksin pemilu") == ""


def test_a_word_inside_another_does_not_count() -> None:
    assert suggest_topic("perobatan sabuk jinjing masjidil") == ""


def test_the_desk_knows_every_topic() -> None:
    assert {topic.name for topic in load_topics()} <= {topic.value for topic in Topic}


def test_a_long_text_costs_little() -> None:
    assert suggest_topic("banjir longsor " + "a" * 1_000_000) == "kebencanaan"
