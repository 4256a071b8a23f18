"""The guards, attacked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from indices.documents import ReviewLabel, ReviewStatus, SourceKind, Verdict
from indices.errors import StoreUnavailableError
from review_ui.desk import cases, guards, rebuttals, reviews
from review_ui.desk.cases import CaseText
from review_ui.desk.errors import DeskError, GuardError, NotAllowedError, WrongStateError
from review_ui.desk.rebuttals import RebuttalText
from review_ui.desk.vocabulary import (
    CaseStatus,
    DecisionKind,
    LinkRole,
    VersionStatus,
)
from tests.factories import NOW, a_post, a_source
from tests.review_ui.newsroom import CLAIM, FULL_TEXT, Newsroom, a_social_post, a_weighing


@pytest.mark.parametrize(
    "claim",
    [
        "",
        "   \n ",
        "Air tercemar",
        "Apakah air PDAM Lembah Sarang tercemar limbah?",
        "Air PDAM tercemar limbah. Bupati menutup-nutupi kasus ini.",
        "Air PDAM tercemar limbah! Jangan diminum dulu, warga Sarang.",
        "air pdam sarang tercemar limbah. bupati menutup-nutupi kasus ini",
        "\u200b\u200b\u200b\u200b \u200b\u200b\u200b\u200b \u3164\u3164\u3164\u3164 \u2800\u2800",
        "kata " * 80,
    ],
)
def test_a_claim_that_cannot_be_checked_opens_no_case(newsroom: Newsroom, claim: str) -> None:
    with pytest.raises(GuardError):
        cases.open_case(newsroom.desk("penelaah"), CaseText(claim=claim))


@pytest.mark.parametrize(
    "claim",
    [
        "Harga minyak goreng di Pasar Sarang naik menjadi Rp. 40.000 per liter.",
        "Bantuan dari Dr. Budi Santoso dibagikan di Jl. Merdeka No. 3 Desa Sarang",
        "Gempa berkekuatan 7.2 akan melanda Lembah Sarang pada 20 November.",
        "H. Ahmad bagi-bagi uang Rp 500 ribu kepada warga Kec. Sarang Utara",
    ],
)
def test_one_sentence_with_abbreviations_is_one_sentence(claim: str) -> None:
    assert guards.check_claim(claim) == claim


def test_an_opinion_opens_no_case(newsroom: Newsroom) -> None:
    with pytest.raises(GuardError):
        cases.open_case(newsroom.desk("penelaah"), CaseText(claim=CLAIM, checkable=False))


@pytest.mark.parametrize(
    ("status", "label"),
    [(CaseStatus.OPINION, ReviewLabel.OPINION), (CaseStatus.SATIRE, ReviewLabel.SATIRE)],
)
def test_an_exit_closes_without_a_public_label(
    newsroom: Newsroom, status: CaseStatus, label: ReviewLabel
) -> None:
    case = newsroom.case()
    cases.close_case(newsroom.desk("penelaah"), case, status, "Ini kritik kebijakan.")
    assert case.rebuttal is None
    review = reviews.find_review(newsroom.session, a_social_post().id)
    assert review is not None
    assert (review.status, review.label) == (ReviewStatus.CLOSED, label)
    with pytest.raises(GuardError):
        newsroom.draft(case)


def test_a_press_article_is_never_called_a_hoax(newsroom: Newsroom) -> None:
    case = newsroom.case(a_post())
    with pytest.raises(GuardError, match="hak jawab"):
        newsroom.draft(case)
    version = newsroom.published(case, replace(FULL_TEXT, verdict=Verdict.UNVERIFIED))
    review = reviews.find_review(newsroom.session, a_post().id)
    assert version.status is VersionStatus.PUBLISHED
    assert review is not None
    assert review.label is ReviewLabel.UNVERIFIED


def test_the_press_guard_holds_when_the_verdict_changes_later(newsroom: Newsroom) -> None:
    version = newsroom.draft(newsroom.case(a_post()), replace(FULL_TEXT, verdict=Verdict.TRUE))
    with pytest.raises(GuardError):
        rebuttals.edit_draft(
            newsroom.desk("penelaah"), version, FULL_TEXT, expected_version=version.lock_version
        )


@pytest.mark.parametrize("step", ["draft", "submitted", "approved", "published"])
def test_no_press_post_joins_a_hoax_case_at_any_step(newsroom: Newsroom, step: str) -> None:
    case = newsroom.case()
    version = newsroom.draft(case)
    if step != "draft":
        rebuttals.submit(newsroom.desk("penelaah"), version)
    if step in ("approved", "published"):
        rebuttals.approve(newsroom.desk("redaktur"), version)
    if step == "published":
        rebuttals.publish(newsroom.desk("redaktur"), version)
    with pytest.raises(GuardError, match="pemberitaan"):
        cases.link_post(newsroom.desk("penelaah"), case, a_post().id)
    link = cases.link_post(newsroom.desk("penelaah"), case, a_post().id, role=LinkRole.MENTIONS)
    review = reviews.find_review(newsroom.session, link.post_id)
    assert review is not None
    assert review.label is None, "a report about a hoax is not a hoax"
    assert link not in case.carriers


@pytest.mark.parametrize("step", ["submit", "approve", "publish"])
def test_a_source_found_to_be_press_stops_a_hoax_label_at_every_step(
    newsroom: Newsroom, step: str
) -> None:
    version = newsroom.draft(newsroom.case())
    if step in ("approve", "publish"):
        rebuttals.submit(newsroom.desk("penelaah"), version)
    if step == "publish":
        rebuttals.approve(newsroom.desk("redaktur"), version)
    newsroom.store.put_source(a_source(id="warga", connector="mastodon", kind=SourceKind.PRESS))
    action = {
        "submit": rebuttals.submit,
        "approve": rebuttals.approve,
        "publish": rebuttals.publish,
    }[step]
    with pytest.raises(GuardError, match="hak jawab"):
        action(newsroom.desk("redaktur"), version)


def test_an_article_shared_by_another_source_is_still_the_press(newsroom: Newsroom) -> None:
    """A crawler that names a page of a newspaper `platform` does not open a way round."""
    shared = a_social_post(9, url="https://www.kabarlembah.example/berita/air", canonical_url="")
    newsroom.store.upsert_posts([shared])
    case = newsroom.case(shared)
    assert case.posts[0].is_press
    with pytest.raises(GuardError):
        newsroom.draft(case)


@pytest.mark.parametrize(
    "url",
    [
        "https://kabarlembah.example:443/berita/air",
        "https://KabarLembah.example./berita/air",
        "https://daerah.kabarlembah.example/berita/air",
        "https://amp.kabarlembah.example/berita/air",
    ],
)
def test_no_spelling_of_an_outlet_s_address_leads_round_the_press_guard(
    newsroom: Newsroom, url: str
) -> None:
    shared = a_social_post(9, url=url, canonical_url="")
    newsroom.store.upsert_posts([shared])
    with pytest.raises(GuardError):
        newsroom.draft(newsroom.case(shared))


def test_an_address_that_only_looks_like_an_outlet_s_is_no_press(newsroom: Newsroom) -> None:
    shared = a_social_post(9, url="https://bukan-kabarlembah.example/air", canonical_url="")
    newsroom.store.upsert_posts([shared])
    assert not newsroom.case(shared).posts[0].is_press


@pytest.mark.parametrize("gone", [False, True])
def test_a_source_found_to_be_press_is_known_even_when_its_post_is_gone(
    newsroom: Newsroom, gone: bool
) -> None:
    version = newsroom.approved(newsroom.case())
    newsroom.store.put_source(a_source(id="warga", connector="mastodon", kind=SourceKind.PRESS))
    if gone:
        newsroom.store.delete_posts_before(NOW + timedelta(days=9), keep_cases=False)
    with pytest.raises(GuardError, match="hak jawab"):
        rebuttals.publish(newsroom.desk("redaktur"), version)


def test_a_press_post_is_marked_whatever_the_verdict(newsroom: Newsroom) -> None:
    version = newsroom.approved(newsroom.case(), replace(FULL_TEXT, verdict=Verdict.TRUE))
    newsroom.store.put_source(a_source(id="warga", connector="mastodon", kind=SourceKind.PRESS))
    rebuttals.publish(newsroom.desk("redaktur"), version)
    assert all(post.is_press for post in version.rebuttal.case.posts)


def test_nothing_is_published_while_the_index_cannot_say_who_is_press(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = newsroom.approved(newsroom.case())

    def away(post_ids: object) -> None:
        raise StoreUnavailableError("the index is away")

    monkeypatch.setattr(newsroom.store, "find_records", away)
    with pytest.raises(StoreUnavailableError):
        rebuttals.publish(newsroom.desk("redaktur"), version)
    assert version.status is VersionStatus.APPROVED


def test_nobody_approves_their_own_draft_whatever_their_roles(newsroom: Newsroom) -> None:
    version = rebuttals.start_draft(newsroom.desk("segala"), newsroom.case(), FULL_TEXT)
    rebuttals.submit(newsroom.desk("segala"), version)
    with pytest.raises(NotAllowedError):
        rebuttals.approve(newsroom.desk("segala"), version)


def test_who_touched_any_part_cannot_approve_even_after_it_is_overwritten(
    newsroom: Newsroom,
) -> None:
    version = newsroom.draft(newsroom.case())
    for name in ("redaktur", "penelaah"):
        rebuttals.edit_draft(
            newsroom.desk(name),
            version,
            replace(FULL_TEXT, fact=f"Fakta menurut {name} yang jelas."),
            expected_version=version.lock_version,
        )
    version.author = newsroom.user("penelaah")
    rebuttals.submit(newsroom.desk("penelaah"), version)
    with pytest.raises(NotAllowedError):
        rebuttals.approve(newsroom.desk("redaktur"), version)
    rebuttals.approve(newsroom.desk("redaktur2"), version)


def test_a_correction_keeps_its_first_authors_away_from_approval(newsroom: Newsroom) -> None:
    case = newsroom.case()
    version = rebuttals.start_draft(newsroom.desk("redaktur2"), case, FULL_TEXT)
    rebuttals.submit(newsroom.desk("redaktur2"), version)
    rebuttals.approve(newsroom.desk("redaktur"), version)
    rebuttals.publish(newsroom.desk("redaktur"), version)
    assert case.rebuttal is not None
    correction = rebuttals.start_correction(newsroom.desk("redaktur"), case.rebuttal, "Tanggal.")
    rebuttals.submit(newsroom.desk("redaktur"), correction)
    for name in ("redaktur", "redaktur2"):
        with pytest.raises(NotAllowedError):
            rebuttals.approve(newsroom.desk(name), correction)


def test_the_database_itself_refuses_an_author_as_approver(newsroom: Newsroom) -> None:
    version = newsroom.draft(newsroom.case())
    newsroom.session.commit()
    update = text("UPDATE rebuttal_version SET approver_id = :user, author_id = :author")
    author, other = newsroom.user("penelaah").id, newsroom.user("redaktur").id
    with pytest.raises(DBAPIError):
        newsroom.session.execute(update, {"user": author, "author": author})
    newsroom.session.rollback()
    with pytest.raises(DBAPIError, match="an author cannot approve"):
        newsroom.session.execute(update, {"user": author, "author": other})
    newsroom.session.rollback()
    forget = text("DELETE FROM version_contributor")
    with pytest.raises(DBAPIError, match="who wrote stays on record"):
        newsroom.session.execute(forget)
    newsroom.session.rollback()
    assert version.approver_id is None


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE rebuttal_version SET headline = 'lain'",
        "UPDATE rebuttal_version SET verdict = 'BENAR'",
        "UPDATE rebuttal_version SET falsehood_type = NULL",
        "DELETE FROM official_fact",
        "UPDATE official_fact SET agency = 'lain'",
        "DELETE FROM rebuttal_version",
        "UPDATE rebuttal_version SET status = 'draft'",
        "UPDATE rebuttal_version SET correction_note = 'lain'",
    ],
)
def test_the_database_itself_freezes_what_is_published(newsroom: Newsroom, attack: str) -> None:
    newsroom.published(newsroom.case())
    with pytest.raises(DBAPIError, match="frozen"):
        newsroom.session.execute(text(attack))
    newsroom.session.rollback()


@pytest.mark.parametrize("table", ["audit_event", "decision", "post_review"])
@pytest.mark.parametrize("attack", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
def test_the_record_is_only_ever_added_to(newsroom: Newsroom, table: str, attack: str) -> None:
    newsroom.published(newsroom.case())
    with pytest.raises(DBAPIError, match="only ever added to"):
        newsroom.session.execute(text(attack.format(table)))
    newsroom.session.rollback()


def test_a_published_version_is_changed_only_by_a_new_one(newsroom: Newsroom) -> None:
    version = newsroom.published(newsroom.case())
    with pytest.raises(WrongStateError):
        rebuttals.edit_draft(
            newsroom.desk("penelaah"), version, FULL_TEXT, expected_version=version.lock_version
        )
    with pytest.raises(GuardError, match="catatan koreksi"):
        rebuttals.start_correction(newsroom.desk("penelaah"), version.rebuttal, "  ")


@pytest.mark.parametrize("kind", [None, DecisionKind.MONITOR, DecisionKind.IGNORE])
def test_nobody_answers_before_it_is_decided(newsroom: Newsroom, kind: DecisionKind | None) -> None:
    case = newsroom.case(decided=False)
    if kind is not None:
        cases.decide(newsroom.desk("penelaah"), case, a_weighing(kind))
    with pytest.raises(GuardError):
        newsroom.draft(case)


def test_nothing_goes_out_without_an_official_source(newsroom: Newsroom) -> None:
    version = newsroom.draft(newsroom.case(), replace(FULL_TEXT, sources=()))
    with pytest.raises(GuardError, match="sumber resmi"):
        rebuttals.submit(newsroom.desk("penelaah"), version)
    nameless = (replace(FULL_TEXT.sources[0], agency=" \u200b\u3164"),)
    rebuttals.edit_draft(
        newsroom.desk("penelaah"),
        version,
        replace(FULL_TEXT, sources=nameless),
        expected_version=version.lock_version,
    )
    with pytest.raises(GuardError, match="sumber resmi"):
        rebuttals.submit(newsroom.desk("penelaah"), version)


@pytest.mark.parametrize("part", ["headline", "fact", "myth", "explanation", "fact_again"])
def test_a_draft_without_one_of_its_parts_is_not_submitted(newsroom: Newsroom, part: str) -> None:
    version = newsroom.draft(newsroom.case(), replace(FULL_TEXT, **{part: "  "}))
    with pytest.raises(GuardError):
        rebuttals.submit(newsroom.desk("penelaah"), version)


@pytest.mark.parametrize("name", ["juru_bicara", "admin"])
def test_who_only_reads_changes_nothing(newsroom: Newsroom, name: str) -> None:
    case = newsroom.case()
    version = newsroom.draft(case)
    desk = newsroom.desk(name)
    attempts = [
        lambda: cases.open_case(desk, CaseText(claim=CLAIM)),
        lambda: cases.decide(desk, case, a_weighing()),
        lambda: cases.link_post(desk, case, a_social_post(2).id),
        lambda: cases.unlink_post(desk, case, a_social_post().id),
        lambda: reviews.triage(desk, a_social_post(2).id, "monitor"),
        lambda: reviews.undo(desk, a_social_post(2).id),
        lambda: rebuttals.submit(desk, version),
        lambda: rebuttals.approve(desk, version),
        lambda: rebuttals.publish(desk, version),
        lambda: rebuttals.edit_draft(desk, version, RebuttalText(), expected_version=1),
        lambda: rebuttals.withdraw(desk, version.rebuttal, "tidak"),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_disabled_editor_approves_nothing(newsroom: Newsroom) -> None:
    version = newsroom.draft(newsroom.case())
    rebuttals.submit(newsroom.desk("penelaah"), version)
    newsroom.user("redaktur").active = False
    with pytest.raises(DeskError):
        rebuttals.approve(newsroom.desk("redaktur"), version)
