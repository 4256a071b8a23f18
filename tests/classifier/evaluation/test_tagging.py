"""Topics come from the words of a text, hoax or not."""

from __future__ import annotations

import pytest

from classifier.evaluation.tagging import OTHER_TOPIC, topic_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Vaksin itu membuat pasien rumah sakit lumpuh", "kesehatan"),
        ("Gempa besar, BMKG peringatkan tsunami", "kebencanaan"),
        ("pemandangan pagi", OTHER_TOPIC),
        ("", OTHER_TOPIC),
    ],
)
def test_the_subject_that_most_words_speak_for_is_taken(text: str, topic: str) -> None:
    assert topic_of(text) == topic
