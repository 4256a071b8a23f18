"""Cases: opened for one claim, joined by posts, decided, closed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from indices.documents import Post, ReviewLabel, ReviewStatus, Verdict
from review_ui.desk import audit, guards, reviews
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError, StaleEditError, WrongStateError
from review_ui.desk.models import Case, CasePost, Decision
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import (
    EXITS,
    N_,
    OPEN_STATUSES,
    CaseStatus,
    DecisionKind,
    LinkRole,
    Mark,
    Topic,
    VersionStatus,
)

EXCERPT_LENGTH = 600
_LABELS = {
    Verdict.HOAX: ReviewLabel.HOAX,
    Verdict.TRUE: ReviewLabel.TRUE,
    Verdict.UNVERIFIED: ReviewLabel.UNVERIFIED,
}
_AFTER_DECISION = {
    DecisionKind.RESPOND: CaseStatus.REVIEWED,
    DecisionKind.MONITOR: CaseStatus.MONITORED,
    DecisionKind.IGNORE: CaseStatus.DONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText:
    """What a person writes to open or edit a case."""

    claim: str
    title: str = ""
    """Empty: the claim itself."""
    topic: Topic = Topic.OTHER
    checkable: bool = True
    """The person confirms that the claim is a fact to check, not an opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """A decision with its four marks and its reason."""

    kind: DecisionKind
    harm: Mark
    reach: Mark
    speed: Mark
    locality: Mark
    reason: str


def open_case(desk: Desk, text: CaseText) -> Case:
    """Open a case for one checkable claim."""
    desk.require(Permission.TRIAGE)
    guards.check_checkable(checkable=text.checkable)
    claim = guards.check_claim(text.claim)
    case = Case(
        title=_title(text.title, claim),
        claim=claim,
        status=CaseStatus.NEW,
        topic=text.topic,
        opened_by_id=desk.user.id,
        opened_at=desk.now,
        changed_at=desk.now,
    )
    desk.session.add(case)
    desk.session.flush()
    changes = {"claim": (None, claim), "status": (None, case.status), "topic": (None, case.topic)}
    audit.record(desk, "case.opened", case, changes=changes)
    return case


def find_same_case(session: Session, claim: str, post_id: str) -> Case | None:
    """The open case that already answers this claim of this post: a form sent twice."""
    chosen = select(Case).join(CasePost).where(Case.claim == " ".join(claim.split()))
    same = chosen.where(CasePost.post_id == post_id, Case.status.in_(OPEN_STATUSES))
    return session.scalars(same).first()


def edit_case(desk: Desk, case: Case, text: CaseText, *, expected_version: int) -> None:
    """Change claim, title or topic, unless somebody else changed the case meanwhile."""
    desk.require(Permission.TRIAGE)
    _check_fresh(case, expected_version)
    _check_claim_is_free(case)
    guards.check_checkable(checkable=text.checkable)
    claim = guards.check_claim(text.claim)
    new = {"claim": claim, "title": _title(text.title, claim), "topic": text.topic}
    changes = {name: (getattr(case, name), value) for name, value in new.items()}
    for name, value in new.items():
        setattr(case, name, value)
    _touch(desk, case)
    audit.record(desk, "case.edited", case, changes=changes)


def link_post(
    desk: Desk, case: Case, post_id: str, *, role: LinkRole = LinkRole.CARRIES
) -> CasePost:
    """Add a post to a case, keeping what is seen of it now.

    Raises:
        GuardError: the post is unknown or already in, or the press guard stands in the way.
    """
    desk.require(Permission.TRIAGE)
    guards.check_answerable(case)
    record = desk.store.find_record(post_id)
    if record is None:
        raise GuardError(N_("Unggahan ini tidak ada lagi di indeks."))
    if any(post.post_id == post_id for post in case.posts):
        raise GuardError(N_("Unggahan ini sudah ada di isu ini."))
    link = _snapshot(desk, record.post, role)
    guards.check_press_link(case, link)
    case.posts.append(link)
    _touch(desk, case)
    _judge_post(desk, case, link)
    changes = {"post": (None, post_id), "role": (None, role)}
    audit.record(desk, "case.post_linked", case, changes=changes)
    return link


def unlink_post(desk: Desk, case: Case, post_id: str) -> None:
    """Take a post out of a case; without another case, it is as if nobody had judged it."""
    desk.require(Permission.TRIAGE)
    link = next((post for post in case.posts if post.post_id == post_id), None)
    if link is None:
        raise WrongStateError(N_("Unggahan ini tidak ada di isu ini."))
    case.posts.remove(link)
    _touch(desk, case)
    elsewhere = desk.session.scalars(select(CasePost).where(CasePost.post_id == post_id)).first()
    if elsewhere is not None:
        _judge_post(desk, elsewhere.case, elsewhere)
    else:
        reviews.judge(desk, post_id, reviews.Judgement(status=ReviewStatus.NEW))
    changes = {"post": (post_id, None), "role": (link.role, None)}
    audit.record(desk, "case.post_unlinked", case, changes=changes)


def decide(desk: Desk, case: Case, weighing: Weighing) -> Decision:
    """Say what the desk does about a case, and why."""
    desk.require(Permission.TRIAGE)
    if case.status in EXITS:
        raise WrongStateError(N_("Isu ini sudah ditutup; buka kembali dulu."))
    if not guards.says_something(weighing.reason):
        raise GuardError(N_("Tuliskan alasan keputusan ini."))
    _check_can_decide(case, weighing.kind)
    decision = Decision(
        kind=weighing.kind,
        harm=weighing.harm,
        reach=weighing.reach,
        speed=weighing.speed,
        locality=weighing.locality,
        reason=weighing.reason.strip(),
        decided_by_id=desk.user.id,
        decided_at=desk.now,
    )
    before = case.decision.kind if case.decision else None
    case.decisions.append(decision)
    changes: dict[str, tuple[object, object]] = {"decision": (before, weighing.kind)}
    audit.record(desk, "case.decided", case, changes=changes, note=decision.reason)
    set_status(desk, case, _AFTER_DECISION[weighing.kind])
    return decision


def close_case(desk: Desk, case: Case, exit_status: CaseStatus, note: str) -> None:
    """Leave a case by one of the exits; nothing of it is ever labelled in public."""
    desk.require(Permission.TRIAGE)
    if exit_status not in EXITS:
        raise GuardError(N_("Pilihan ini tidak dikenal."))
    if not guards.says_something(note):
        raise GuardError(N_("Tuliskan alasan penutupan."))
    if case.rebuttal is not None and (case.rebuttal.published or case.rebuttal.in_work):
        raise WrongStateError(N_("Tarik dulu klarifikasi atau drafnya sebelum menutup isu ini."))
    case.closing_note = note.strip()
    case.closed_at = desk.now
    set_status(desk, case, exit_status, note=note.strip())


def reopen_case(desk: Desk, case: Case) -> None:
    """Bring a closed or finished case back to work."""
    desk.require(Permission.TRIAGE)
    if case.status not in EXITS and case.status not in (CaseStatus.DONE, CaseStatus.MONITORED):
        raise WrongStateError(N_("Isu ini masih terbuka."))
    answered = case.rebuttal is not None and case.rebuttal.published
    set_status(desk, case, CaseStatus.PUBLISHED if answered else CaseStatus.REVIEWED)


def finish_case(desk: Desk, case: Case) -> None:
    """Call an answered case done."""
    desk.require(Permission.TRIAGE)
    if case.status is not CaseStatus.PUBLISHED:
        raise WrongStateError(N_("Hanya isu yang klarifikasinya terbit yang bisa diselesaikan."))
    case.closed_at = desk.now
    set_status(desk, case, CaseStatus.DONE)


def set_status(desk: Desk, case: Case, status: CaseStatus, *, note: str = "") -> None:
    """Move a case, and tell each of its posts what that makes of it."""
    before, case.status = case.status, status
    if status not in (CaseStatus.DONE, *EXITS):
        case.closed_at = None
    _touch(desk, case)
    for post in case.posts:
        _judge_post(desk, case, post)
    changes = {"status": (before, status)}
    audit.record(desk, "case.status", case, changes=changes, note=note)


def _check_claim_is_free(case: Case) -> None:
    """What was submitted answers this claim; nobody changes the question under the answer."""
    rebuttal = case.rebuttal
    if rebuttal is None:
        return
    version = rebuttal.in_work
    if rebuttal.published or (version and version.status is not VersionStatus.DRAFT):
        raise WrongStateError(
            N_("Klarifikasi isu ini sudah diajukan atau terbit; klaimnya tidak bisa diubah.")
        )


def _check_can_decide(case: Case, kind: DecisionKind) -> None:
    rebuttal = case.rebuttal
    answered = rebuttal is not None and (rebuttal.published or rebuttal.in_work)
    if answered:
        raise WrongStateError(
            N_("Klarifikasi isu ini sedang disusun atau sudah terbit; tarik dulu.")
        )
    if kind is DecisionKind.RESPOND and not case.posts:
        raise GuardError(N_("Tautkan sedikitnya satu unggahan sebelum memutuskan menanggapi."))


def _judge_post(desk: Desk, case: Case, link: CasePost) -> None:
    status, label = _post_state(case, link)
    current = reviews.find_review(desk.session, link.post_id)
    if current and (current.status, current.label, current.case_id) == (status, label, case.id):
        return
    judgement = reviews.Judgement(status=status, label=label, case_id=case.id)
    reviews.judge(desk, link.post_id, judgement)


def _post_state(case: Case, link: CasePost) -> tuple[ReviewStatus, ReviewLabel | None]:
    label = None
    published = case.rebuttal.published if case.rebuttal else None
    if case.status in EXITS:
        status, label = ReviewStatus.CLOSED, EXITS[case.status]
    elif published is not None:
        status, label = ReviewStatus.ANSWERED, _LABELS[published.verdict]
    elif case.status is CaseStatus.MONITORED:
        status = ReviewStatus.MONITORED
    elif case.status is CaseStatus.DONE:
        status = ReviewStatus.CLOSED
    else:
        status = ReviewStatus.IN_CASE
    return status, label if link.role is LinkRole.CARRIES else None


def _snapshot(desk: Desk, post: Post, role: LinkRole) -> CasePost:
    source = desk.store.find_source(post.source_id)
    return CasePost(
        post_id=post.id,
        role=role,
        url=post.url,
        title=post.title,
        excerpt=post.text[:EXCERPT_LENGTH],
        platform=post.platform,
        source_id=post.source_id,
        source_name=source.name if source else post.source_id,
        source_kind=post.source_kind,
        published_at=post.published_at,
        evidence=post.evidence,
        is_press=guards.is_press(desk.store, post),
        linked_by_id=desk.user.id,
        linked_at=desk.now,
    )


def _check_fresh(case: Case, expected_version: int) -> None:
    if case.version != expected_version:
        raise StaleEditError(N_("Isu ini sudah diubah orang lain sejak Anda membukanya."))


def _touch(desk: Desk, case: Case) -> None:
    case.changed_at = desk.now
    desk.session.flush()


def _title(given: str, claim: str) -> str:
    return (" ".join(given.split()) or claim)[:200]
