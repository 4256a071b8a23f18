"""What the index must be told: kept in the transaction of the change, delivered after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from indices.claim_groups.moving import carry_out
from indices.codec import document_from_dict, document_to_dict
from indices.documents import FactCheck, GroupChange, GroupRuling, Review
from indices.errors import StoreUnavailableError, VersionConflictError
from indices.store import Store
from review_ui.desk.models import OutboxEntry

REVIEW = "review"
FACT_CHECK = "fact_check"
FACT_CHECK_REMOVAL = "fact_check_removal"
GROUP_CHANGE = "group_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a batch."""

    delivered: int = 0
    dropped: int = 0
    """Words on posts that the index no longer has."""
    store_away: bool = False


def queue_review(session: Session, review: Review) -> None:
    """Tell the index, soon, what was said of a post."""
    _queue(session, REVIEW, review.post_id, review.reviewed_at, document_to_dict(review))


def queue_fact_check(session: Session, fact_check: FactCheck, now: datetime) -> None:
    """Tell the index, soon, of an own rebuttal, so that the matcher finds it."""
    _queue(session, FACT_CHECK, fact_check.id, now, document_to_dict(fact_check))


def queue_removal(session: Session, fact_check_id: str, now: datetime) -> None:
    """Have the index forget a withdrawn rebuttal."""
    _queue(session, FACT_CHECK_REMOVAL, fact_check_id, now, {})


def queue_group_change(
    session: Session, change: GroupChange, rulings: Sequence[GroupRuling]
) -> None:
    """Tell the index, soon, which posts a person moved, and what that says of pairs of them."""
    payload: dict[str, object] = {
        "change": document_to_dict(change),
        "rulings": [document_to_dict(ruling) for ruling in rulings],
    }
    _queue(session, GROUP_CHANGE, change.id, change.changed_at, payload)


def deliver(session: Session, store: Store, *, now: datetime, limit: int = 500) -> Delivery:
    """Deliver the oldest entries in order; stop at an outage and leave the rest for later.

    Telling the index twice changes nothing, so a crash before the commit does no harm.
    """
    delivered = dropped = 0
    for entry in session.scalars(_waiting().limit(limit)):
        entry.attempts += 1
        try:
            known = _tell(store, entry)
        except StoreUnavailableError as error:
            entry.last_error = str(error)
            return Delivery(delivered=delivered, dropped=dropped, store_away=True)
        entry.delivered_at = now
        delivered, dropped = delivered + known, dropped + (not known)
        if not known:
            entry.last_error = "the index no longer has this post"
    return Delivery(delivered=delivered, dropped=dropped)


def count_waiting(session: Session) -> int:
    """How many entries the index has not been told."""
    waiting = select(func.count()).where(OutboxEntry.delivered_at.is_(None))
    return session.scalar(waiting) or 0


def _waiting() -> Select[OutboxEntry]:
    return select(OutboxEntry).where(OutboxEntry.delivered_at.is_(None)).order_by(OutboxEntry.id)


def _queue(
    session: Session, kind: str, key: str, created_at: datetime, payload: dict[str, object]
) -> None:
    session.add(OutboxEntry(kind=kind, key=key, created_at=created_at, payload=payload))


def _tell(store: Store, entry: OutboxEntry) -> bool:
    if entry.kind == FACT_CHECK:
        store.upsert_fact_checks([document_from_dict(FactCheck, entry.payload)])
        return True
    if entry.kind == FACT_CHECK_REMOVAL:
        store.delete_fact_check(entry.key)
        return True
    if entry.kind == GROUP_CHANGE:
        return _change_group(store, entry.payload)
    return _put_review(store, document_from_dict(Review, entry.payload))


def _change_group(store: Store, payload: Mapping[str, Any]) -> bool:
    """The pairs first: whatever places posts meanwhile obeys them already."""
    for ruling in payload["rulings"]:
        store.put_group_ruling(document_from_dict(GroupRuling, ruling))
    return carry_out(store, document_from_dict(GroupChange, payload["change"])) > 0


def _put_review(store: Store, review: Review) -> bool:
    """Write it; where the index counts otherwise (an older backup), the desk's word still holds."""
    try:
        store.put_review(review)
    except VersionConflictError:
        stored = store.find_record(review.post_id)
        if stored is None:
            return False
        if stored.review is not None and stored.review.reviewed_at > review.reviewed_at:
            return True  # the index already knows something newer
        following = stored.review.version + 1 if stored.review else 1
        store.put_review(_renumbered(review, following))
    return True


def _renumbered(review: Review, version: int) -> Review:
    values = document_to_dict(review) | {"version": version}
    return document_from_dict(Review, values)
