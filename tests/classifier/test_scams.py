"""The scam head speaks for scams, is a sign like any other, and a model may lack it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifier.artefact import load_artefact
from classifier.assessing import Assessor
from classifier.cues import cue_codes, cue_strengths
from classifier.scams import (
    CODE,
    OWN_CUES,
    STRONGEST,
    ScamHead,
    pack_scam_head,
    scam_head_of,
    signs_in,
    with_answer,
)
from tests.classifier.conftest import NOW, make_post

SCAM = (
    "Selamat! Nomor Anda terpilih mendapat hadiah Rp 175 juta dari undian bank. Segera kirim biaya"
    " admin dan PIN ke rekening panitia, hubungi WA 081234567890 sekarang juga"
)
CHATTER = "Tadi sore hujan deras sekali di depan rumah, jemuran sampai basah semua"


def a_head() -> ScamHead:
    return ScamHead(np.array([3.0, 0.0], np.float32), np.array([2.0], np.float32), -1.0)


def test_only_what_speaks_for_a_scam_counts_and_not_without_end() -> None:
    vectors = np.array([[1, 0], [0, 1], [1, 0]], np.float32)
    cues = np.array([[0], [0], [9]], np.float32)
    assert a_head().strengths(vectors, cues).tolist() == [2.0, 0.0, STRONGEST]


def test_its_own_cues_speak_through_the_head_alone() -> None:
    cues = np.ones((1, len(cue_codes())), np.float32)
    *left, answer = with_answer(cues, np.array([3.0], np.float32))[0].tolist()
    assert {code for code, sign in zip(cue_codes(), left, strict=True) if sign == 0} == {*OWN_CUES}
    assert answer == 3.0


def test_what_is_packed_comes_back() -> None:
    shipped = load_artefact("shipped")
    artefact = replace(shipped, heads={**shipped.heads, **pack_scam_head(a_head())})
    again = scam_head_of(artefact)
    assert again is not None
    assert again.wording.tolist() == [3.0, 0.0]
    assert (again.cues.tolist(), again.intercept) == ([2.0], -1.0)


def test_a_model_from_before_scam_heads_sees_the_listed_signs_only() -> None:
    shipped = load_artefact("shipped")
    heads = {name: v for name, v in shipped.heads.items() if not name.startswith("scam.")}
    vectors = np.zeros((1, len(shipped.heads["flag.wording"])), np.float32)
    signs = signs_in(replace(shipped, heads=heads), [SCAM], vectors)
    assert np.array_equal(signs, cue_strengths([SCAM]))
    assert signs_in(shipped, [SCAM], vectors).shape == (1, len(cue_codes()) + 1)


def test_a_scam_is_flagged_and_says_so(assessor: Assessor) -> None:
    scam, chatter = assessor.assess_alone([make_post(SCAM), make_post(CHATTER)], NOW)
    reasons = {reason.code: reason for reason in scam.reasons}
    assert scam.flagged
    assert reasons[CODE].weight > 0
    assert "“undian”" in reasons[CODE].text
    assert scam.topic == "penipuan"
    assert CODE not in {reason.code for reason in chatter.reasons}


def test_only_a_flagged_scam_without_a_topic_of_its_words_is_called_one(
    assessor: Assessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.assessing.suggest_topic", lambda cleaned: "")
    scam, chatter = assessor.assess_alone([make_post(SCAM), make_post(CHATTER)], NOW)
    assert (scam.topic, chatter.topic) == ("penipuan", "")
    monkeypatch.setattr("classifier.assessing.suggest_topic", lambda cleaned: "perdagangan")
    (worded,) = assessor.assess_alone([make_post(SCAM)], NOW)
    assert worded.topic == "perdagangan"


@pytest.mark.parametrize("text", ["", "🙏", "\x00", "x" * 100_000])
def test_nothing_is_no_scam(assessor: Assessor, text: str) -> None:
    (said,) = assessor.assess_alone([make_post(text)], NOW)
    assert CODE not in {reason.code for reason in said.reasons}
