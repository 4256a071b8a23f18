"""Cases: what happens to a post when its case moves."""

import pytest

from indices.documents import ReviewLabel, ReviewStatus
from review_ui.desk import cases, rebuttals, reviews
from review_ui.desk.cases import CaseText
from review_ui.desk.errors import GuardError, StaleEditError, WrongStateError
from review_ui.desk.models import AuditEvent, Case
from review_ui.desk.vocabulary import CaseStatus, DecisionKind
from tests.review_ui.newsroom import CLAIM, Newsroom, a_social_post, a_weighing


def state(newsroom: Newsroom, number: int = 1) -> tuple[ReviewStatus, ReviewLabel | None]:
    review = reviews.find_review(newsroom.session, a_social_post(number).id)
    assert review is not None
    return review.status, review.label


@pytest.mark.parametrize(
    ("kind", "status", "of_post"),
    [
        (DecisionKind.RESPOND, CaseStatus.REVIEWED, ReviewStatus.IN_CASE),
        (DecisionKind.MONITOR, CaseStatus.MONITORED, ReviewStatus.MONITORED),
        (DecisionKind.IGNORE, CaseStatus.DONE, ReviewStatus.CLOSED),
    ],
)
def test_a_decision_moves_the_case_and_its_posts(
    newsroom: Newsroom, kind: DecisionKind, status: CaseStatus, of_post: ReviewStatus
) -> None:
    case = newsroom.case(decided=False)
    cases.decide(newsroom.desk("penelaah"), case, a_weighing(kind))
    assert case.status is status
    assert state(newsroom) == (of_post, None)


def test_a_decision_needs_a_reason_and_a_post(newsroom: Newsroom) -> None:
    from dataclasses import replace

    case = newsroom.case(decided=False)
    with pytest.raises(GuardError, match="alasan"):
        cases.decide(newsroom.desk("penelaah"), case, replace(a_weighing(), reason=" "))
    empty = cases.open_case(newsroom.desk("penelaah"), CaseText(claim=CLAIM))
    with pytest.raises(GuardError, match="unggahan"):
        cases.decide(newsroom.desk("penelaah"), empty, a_weighing())


def test_a_post_that_joins_an_answered_case_is_answered_at_once(newsroom: Newsroom) -> None:
    case = newsroom.case()
    newsroom.published(case)
    cases.link_post(newsroom.desk("penelaah"), case, a_social_post(2).id)
    assert state(newsroom, 2) == (ReviewStatus.ANSWERED, ReviewLabel.HOAX)


def test_a_post_that_leaves_its_only_case_is_new_again(newsroom: Newsroom) -> None:
    case = newsroom.case()
    cases.unlink_post(newsroom.desk("penelaah"), case, a_social_post().id)
    assert state(newsroom) == (ReviewStatus.NEW, None)


def test_a_post_that_leaves_one_of_two_cases_belongs_to_the_other(newsroom: Newsroom) -> None:
    first, second = newsroom.case(), newsroom.case()
    cases.unlink_post(newsroom.desk("penelaah"), second, a_social_post().id)
    review = reviews.find_review(newsroom.session, a_social_post().id)
    assert review is not None
    assert (review.status, review.case_id) == (ReviewStatus.IN_CASE, first.id)


def test_the_claim_stands_still_once_its_answer_was_submitted(newsroom: Newsroom) -> None:
    case = newsroom.case()
    version = newsroom.draft(case)
    other = CaseText(claim="Air PDAM Lembah Sarang tercemar logam berat sejak Senin.")
    cases.edit_case(newsroom.desk("penelaah"), case, other, expected_version=case.version)
    rebuttals.submit(newsroom.desk("penelaah"), version)
    with pytest.raises(WrongStateError):
        cases.edit_case(
            newsroom.desk("penelaah"), case, CaseText(claim=CLAIM), expected_version=case.version
        )


def test_an_edit_of_something_older_is_refused(newsroom: Newsroom) -> None:
    case = newsroom.case()
    with pytest.raises(StaleEditError):
        cases.edit_case(newsroom.desk("penelaah"), case, CaseText(claim=CLAIM), expected_version=1)


def test_an_answered_case_is_closed_only_after_its_answer_is_withdrawn(
    newsroom: Newsroom,
) -> None:
    case = newsroom.case()
    version = newsroom.published(case)
    with pytest.raises(WrongStateError):
        cases.close_case(newsroom.desk("penelaah"), case, CaseStatus.SATIRE, "Ternyata satire.")
    rebuttals.withdraw(newsroom.desk("redaktur"), version.rebuttal, "Ternyata satire.")
    cases.close_case(newsroom.desk("penelaah"), case, CaseStatus.SATIRE, "Ternyata satire.")
    assert state(newsroom) == (ReviewStatus.CLOSED, ReviewLabel.SATIRE)
    cases.reopen_case(newsroom.desk("penelaah"), case)
    assert (case.status, case.closed_at) == (CaseStatus.REVIEWED, None)


def test_everything_that_happens_to_a_case_is_on_record(newsroom: Newsroom) -> None:
    case = newsroom.case()
    newsroom.published(case)
    events = newsroom.session.query(AuditEvent).filter_by(case_id=case.id).all()
    actions = [event.action for event in events if event.action != "case.status"]
    assert actions == [
        "case.opened",
        "case.post_linked",
        "case.decided",
        "rebuttal.drafted",
        "rebuttal.submitted",
        "rebuttal.approved",
        "rebuttal.published",
    ]
    assert all(event.user_id and event.happened_at.tzinfo for event in events)


def test_a_case_is_found_by_its_code(newsroom: Newsroom) -> None:
    case = newsroom.case()
    assert case.code == "ISU-0001"
    assert newsroom.session.get(Case, 1) is case


def test_a_withdrawn_answer_shows_its_own_reason_not_that_of_a_dropped_draft(
    newsroom: Newsroom,
) -> None:
    version = newsroom.published(newsroom.case())
    correction = rebuttals.start_correction(newsroom.desk("penelaah"), version.rebuttal, "Angka.")
    rebuttals.discard_draft(newsroom.desk("penelaah"), correction)
    rebuttals.withdraw(newsroom.desk("redaktur"), version.rebuttal, "Sumbernya keliru.")
    gone = version.rebuttal.withdrawn
    assert gone is version
    assert gone.withdrawal_note == "Sumbernya keliru."


def test_an_answered_case_that_is_reopened_can_be_finished_again(newsroom: Newsroom) -> None:
    version = newsroom.published(newsroom.case())
    case = version.rebuttal.case
    for _ in range(2):
        cases.finish_case(newsroom.desk("penelaah"), case)
        cases.reopen_case(newsroom.desk("penelaah"), case)
    assert case.status is CaseStatus.PUBLISHED
    cases.finish_case(newsroom.desk("penelaah"), case)
    rebuttals.withdraw(newsroom.desk("redaktur"), version.rebuttal, "Sumbernya keliru.")
    assert case.closed_at is None, "it is to be decided again"
