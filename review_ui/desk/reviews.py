"""What the desk says of single posts: triage, the state their case gives them, undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indices.documents import Review, ReviewLabel, ReviewStatus
from indices.errors import StoreUnavailableError
from review_ui.desk import audit, outbox
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError, StaleEditError, WrongStateError
from review_ui.desk.models import PostReview
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is said of a post."""

    status: ReviewStatus
    label: ReviewLabel | None = None
    case_id: int | None = None
    reason: str = ""


TRIAGE = {
    "monitor": Judgement(status=ReviewStatus.MONITORED),
    "not_an_issue": Judgement(status=ReviewStatus.CLOSED, label=ReviewLabel.NOT_AN_ISSUE),
    "opinion": Judgement(status=ReviewStatus.CLOSED, label=ReviewLabel.OPINION),
    "satire": Judgement(status=ReviewStatus.CLOSED, label=ReviewLabel.SATIRE),
    "reopen": Judgement(status=ReviewStatus.NEW),
    "out_of_region": Judgement(status=ReviewStatus.CLOSED, label=ReviewLabel.OUT_OF_REGION),
}
"""What a reviewer can say of a post that belongs to no case; none of it is ever public."""


def find_review(session: Session, post_id: str) -> PostReview | None:
    """The one that holds now."""
    history = select(PostReview).where(PostReview.post_id == post_id)
    return session.scalars(history.order_by(PostReview.version.desc()).limit(1)).first()


def list_reviews(session: Session, post_id: str) -> list[PostReview]:
    """All of a post's reviews, newest first."""
    history = select(PostReview).where(PostReview.post_id == post_id)
    return list(session.scalars(history.order_by(PostReview.version.desc())))


def find_versions(session: Session, post_ids: Sequence[str]) -> dict[str, int]:
    """The newest review's version of those posts that have one."""
    chosen = select(PostReview.post_id, func.max(PostReview.version))
    grouped = chosen.where(PostReview.post_id.in_(post_ids)).group_by(PostReview.post_id)
    return {row[0]: row[1] for row in session.execute(grouped)}


def triage(
    desk: Desk,
    post_id: str,
    choice: str,
    reason: str = "",
    *,
    expected_version: int | None = None,
) -> PostReview:
    """Close, monitor or reopen a post that is in no case; `choice` is a key of `TRIAGE`.

    Args:
        expected_version: of the review that the person saw, 0 for none; None looks at nothing.
    """
    desk.require(Permission.TRIAGE)
    if choice not in TRIAGE:
        raise GuardError(N_("Pilihan ini tidak dikenal."))
    current = find_review(desk.session, post_id)
    if current is not None and current.case_id is not None:
        raise WrongStateError(
            N_("Unggahan ini bagian dari sebuah isu; putuskan di halaman isunya.")
        )
    if expected_version not in (None, current.version if current else 0):
        raise StaleEditError(N_("Unggahan ini baru saja diputuskan orang lain; muat ulang."))
    chosen = TRIAGE[choice]
    judgement = Judgement(status=chosen.status, label=chosen.label, reason=reason)
    review = judge(desk, post_id, judgement)
    audit.record(desk, f"post.{choice}", review, changes=_changes(current, review), note=reason)
    return review


def undo(desk: Desk, post_id: str) -> PostReview:
    """Bring back what was said before the last triage, as a new review."""
    desk.require(Permission.TRIAGE)
    history = list_reviews(desk.session, post_id)
    if not history or history[0].case_id is not None:
        raise WrongStateError(N_("Tidak ada yang bisa dibatalkan pada unggahan ini."))
    if history[0].reviewer_id != desk.user.id:
        raise WrongStateError(N_("Telaah terakhir bukan dari Anda; muat ulang halamannya."))
    before = history[1] if len(history) > 1 else None
    judgement = Judgement(
        status=before.status if before and before.case_id is None else ReviewStatus.NEW,
        label=before.label if before and before.case_id is None else None,
    )
    review = judge(desk, post_id, judgement)
    audit.record(desk, "post.undone", review, changes=_changes(history[0], review))
    return review


def judge(desk: Desk, post_id: str, judgement: Judgement) -> PostReview:
    """Write the next version of a post's review, and queue it for the index."""
    current = find_review(desk.session, post_id)
    review = PostReview(
        post_id=post_id,
        version=current.version + 1 if current else _first_version(desk, post_id),
        status=judgement.status,
        label=judgement.label,
        case_id=judgement.case_id,
        reason=judgement.reason,
        reviewer_id=desk.user.id,
        reviewed_at=desk.now,
    )
    desk.session.add(review)
    desk.session.flush()
    outbox.queue_review(desk.session, build_review(review))
    return review


def build_review(review: PostReview) -> Review:
    """The document that the index keeps."""
    return Review(
        post_id=review.post_id,
        version=review.version,
        status=review.status,
        label=review.label,
        case_id=str(review.case_id) if review.case_id else "",
        reviewer=str(review.reviewer_id),
        reviewed_at=review.reviewed_at,
        reason=review.reason,
    )


def _first_version(desk: Desk, post_id: str) -> int:
    """An imported index may hold reviews that this desk has never seen."""
    try:
        record = desk.store.find_record(post_id)
    except StoreUnavailableError:
        return 1  # delivery counts again
    return record.review.version + 1 if record and record.review else 1


def _changes(before: PostReview | None, after: PostReview) -> audit.Changes:
    return {
        "status": (before.status if before else ReviewStatus.NEW, after.status),
        "label": (before.label if before else None, after.label),
    }
