"""Signs are found as words, not as parts of words, and quoted."""

from __future__ import annotations

from classifier.cues import cue_codes, cue_strengths, find_cues


def strengths(text: str) -> dict[str, float]:
    return {finding.code: finding.strength for finding in find_cues(text)}


def test_an_appeal_to_forward_is_found_and_quoted() -> None:
    findings = {finding.code: finding for finding in find_cues("Tolong SEBARKAN ke semua grup ya")}
    assert findings["forward_appeal"].strength > 0
    assert "sebarkan" in findings["forward_appeal"].quotes


def test_a_word_inside_another_does_not_count() -> None:
    assert strengths("kami menyegerakan rapat")["urgency"] == 0


def test_ordinary_talk_has_no_sign() -> None:
    assert not any(strengths("nanti sore main bola di lapangan").values())


def test_phone_money_capitals_and_marks_are_seen() -> None:
    found = strengths("HADIAH BESAR UNTUK ANDA!!! Rp 5.000.000 hubungi 0812-3456-7890")
    assert found["money"] == found["phone"] == 1
    assert found["capitals"] > 0.5
    assert found["exclamations"] > 0.5


def test_rows_follow_the_texts_and_columns_the_codes() -> None:
    assert cue_strengths(["a", "b"]).shape == (2, len(cue_codes()))
    assert cue_strengths([]).shape == (0, len(cue_codes()))
