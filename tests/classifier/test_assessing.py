"""Every post gets an answer, with reasons that a reviewer can check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifier.assessing import Assessor
from classifier.library import LibraryEntry
from indices.documents import Assessment, SourceKind
from indices.progress import SilentProgress
from tests.classifier.conftest import NOW, make_post

SCAM = (
    "SELAMAT!!! Anda terpilih sebagai pemenang undian bank, hadiah Rp 75 juta. Segera klik link"
    " di bawah dan kirim kode OTP sebelum dihapus. Sebarkan ke semua grup!"
)
CHATTER = "hari ini hujan dari pagi, jadi masak sayur asem saja di rumah bareng adik"


def assess_one(assessor: Assessor, text: str, **more: str) -> Assessment:
    return assessor.assess_alone([make_post(text, **more)], NOW)[0]


def test_a_scam_is_flagged_and_chatter_is_not(assessor: Assessor) -> None:
    scam, chatter = assess_one(assessor, SCAM), assess_one(assessor, CHATTER)
    assert scam.flagged
    assert not chatter.flagged
    assert scam.probability > 0.5 > chatter.probability


def test_reasons_quote_the_post(assessor: Assessor) -> None:
    reasons = {reason.code: reason.text for reason in assess_one(assessor, SCAM).reasons}
    assert "“undian”" in reasons["scam"]
    assert "“sebarkan”" in reasons["forward_appeal"]
    assert "wording" in reasons


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀😀😀",
        "\x00\x01\x02",
        "https://contoh.example",
        "ok",
        "a b c d e f",
        "tes tes tes tes",
        "🎉 halo 🎉",
    ],
)
def test_too_little_text_is_answered_as_such(assessor: Assessor, text: str) -> None:
    answer = assess_one(assessor, text)
    assert not answer.flagged
    assert [reason.code for reason in answer.reasons] == ["too_short"]


@pytest.mark.parametrize(
    "text",
    [
        "selamat pagi semuanya, semoga sehat selalu",
        "asdfgh qwerty zxcvbn hjkl uiop",
        "lorem ipsum dolor sit amet consectetur adipiscing elit",
        "Menurut saya bupati kurang cepat memperbaiki jalan desa, tolong diperhatikan",
    ],
)
def test_greetings_noise_and_criticism_are_not_flagged(assessor: Assessor, text: str) -> None:
    assert not assess_one(assessor, text).flagged


def test_another_language_is_said(assessor: Assessor) -> None:
    text = "The city council will meet on Tuesday evening to discuss the new library building"
    answer = assess_one(assessor, text)
    assert answer.language == "en"
    assert "language" in {reason.code for reason in answer.reasons}


def test_a_very_long_post_is_answered(assessor: Assessor) -> None:
    assert 0 <= assess_one(assessor, "kata demi kata " * 7_000).probability <= 1


def test_press_needs_a_higher_probability(assessor: Assessor) -> None:
    press = assess_one(assessor, SCAM, kind="press")
    citizen = assess_one(assessor, SCAM)
    assert press.probability == citizen.probability
    assert press.threshold > citizen.threshold


def test_the_title_is_read_too(assessor: Assessor) -> None:
    titled = assess_one(assessor, "Selengkapnya di sini.", title=SCAM)
    assert titled.probability > assess_one(assessor, "Selengkapnya di sini.").probability


def test_a_known_claim_is_named_and_speaks_for_flagging(assessor: Assessor) -> None:
    text = "kata tetangga jembatan sarang runtuh diterjang banjir semalam"
    claim = LibraryEntry("j", "Jembatan Sarang runtuh diterjang banjir semalam")
    others = [LibraryEntry(str(n), f"Hal lain nomor {n} di pasar") for n in range(30)]
    matcher = assessor.library([claim, *others], SilentProgress())
    (known,), vectors = assessor.assess([make_post(text)], matcher, NOW)
    assert vectors.shape == (1, 384)
    assert known.matches[0].fact_check_id == "j"
    assert known.probability > assess_one(assessor, text).probability


def test_the_same_post_gets_the_same_answer(assessor: Assessor) -> None:
    assert assess_one(assessor, SCAM) == assess_one(assessor, SCAM)


def test_order_and_company_do_not_change_an_answer(assessor: Assessor) -> None:
    posts = [make_post(text, id_=text[:5]) for text in (CHATTER, SCAM, "", CHATTER + SCAM)]
    together = assessor.assess_alone(posts, NOW)
    assert [answer.post_id for answer in together] == [post.id for post in posts]
    alone = [assessor.assess_alone([post], NOW)[0] for post in posts]
    for one, other in zip(together, alone, strict=True):
        assert one.probability == pytest.approx(other.probability, abs=0.02)


def test_both_encoders_share_what_is_large(assessor: Assessor) -> None:
    """The tokenizer takes a quarter of a gigabyte, and so does the table of word vectors."""
    pipelines = [
        encoder._model for encoder in (assessor.matching_encoder, assessor.flagging_encoder)
    ]
    assert pipelines[0] is not pipelines[1]
    assert pipelines[0].tokenizer is pipelines[1].tokenizer
    tables = [pipe[0].auto_model.embeddings.word_embeddings.weight for pipe in pipelines]
    assert tables[0] is tables[1]


def test_an_office_that_answers_a_hoax_is_not_taken_for_one_that_spreads_it(
    assessor: Assessor,
) -> None:
    claim = "Bendungan retak dan jebol malam ini, warga hilir harus mengungsi"
    library = assessor.library([LibraryEntry("1", claim)], SilentProgress())
    kinds = (SourceKind.PLATFORM, SourceKind.PRESS, SourceKind.GOVERNMENT)
    posts = [replace(make_post(claim), source_kind=kind) for kind in kinds]

    platform, press, government = assessor.assess(posts, library, NOW)[0]

    assert government.matches == platform.matches, "it is still shown"
    assert government.probability < press.probability == platform.probability
    assert government.threshold == press.threshold > platform.threshold
