"""Rebuttals: drafted, submitted, approved by somebody else, published, corrected, withdrawn."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from indices.documents import FactCheck, Verdict
from review_ui.desk import audit, cases, guards, outbox
from review_ui.desk.checklist import build_checklist
from review_ui.desk.context import Desk
from review_ui.desk.errors import GuardError, StaleEditError, WrongStateError
from review_ui.desk.models import (
    Case,
    OfficialFact,
    Rebuttal,
    RebuttalVersion,
    VersionContributor,
)
from review_ui.desk.permissions import Permission
from review_ui.desk.vocabulary import N_, CaseStatus, FalsehoodType, VersionStatus

PARTS = ("headline", "fact", "myth", "explanation", "fact_again", "verdict", "falsehood_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An official source as typed."""

    agency: str
    document: str
    url: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuttalText:
    """What a person writes: the four parts in debunking order, the headline, the sources."""

    headline: str = ""
    fact: str = ""
    myth: str = ""
    explanation: str = ""
    fact_again: str = ""
    verdict: Verdict = Verdict.UNVERIFIED
    falsehood_type: FalsehoodType | None = None
    sources: tuple[Citation, ...] = ()


def start_draft(desk: Desk, case: Case, text: RebuttalText) -> RebuttalVersion:
    """Begin the first version of a rebuttal, once the desk decided to respond."""
    desk.require(Permission.WRITE)
    guards.check_answerable(case)
    guards.check_decided(case)
    if case.rebuttal and (case.rebuttal.in_work or case.rebuttal.published):
        raise WrongStateError(N_("Isu ini sudah punya draf atau klarifikasi."))
    guards.check_press_posts(desk.store, case, text.verdict)
    if case.rebuttal is None:
        case.rebuttal = Rebuttal(created_at=desk.now)
    version = _add_version(desk, case.rebuttal)
    _write(desk, version, text)
    audit.record(desk, "rebuttal.drafted", version, changes=_texts(None, version))
    cases.set_status(desk, case, CaseStatus.DRAFT)
    return version


def edit_draft(
    desk: Desk, version: RebuttalVersion, text: RebuttalText, *, expected_version: int
) -> None:
    """Change a draft, unless somebody else changed it meanwhile; the editor becomes an author."""
    desk.require(Permission.WRITE)
    _check_status(version, VersionStatus.DRAFT)
    if version.lock_version != expected_version:
        raise StaleEditError(N_("Draf ini sudah diubah orang lain sejak Anda membukanya."))
    guards.check_press_posts(desk.store, version.rebuttal.case, text.verdict)
    before = {name: getattr(version, name) for name in PARTS}
    _write(desk, version, text)
    audit.record(desk, "rebuttal.edited", version, changes=_texts(before, version))


def submit(desk: Desk, version: RebuttalVersion) -> None:
    """Hand a finished draft to an editor."""
    desk.require(Permission.WRITE)
    _check_status(version, VersionStatus.DRAFT)
    _check_ready(desk, version)
    version.submitted_at = desk.now
    _move(desk, version, VersionStatus.SUBMITTED, "rebuttal.submitted")


def send_back(desk: Desk, version: RebuttalVersion, note: str) -> None:
    """Return a submitted or approved version to its author, saying why."""
    desk.require(Permission.APPROVE)
    _check_status(version, VersionStatus.SUBMITTED, VersionStatus.APPROVED)
    version.review_note = _required(note, N_("Tuliskan apa yang perlu diperbaiki."))
    version.approver = None
    version.approved_at = None
    _move(desk, version, VersionStatus.DRAFT, "rebuttal.sent_back", note)


def approve(desk: Desk, version: RebuttalVersion) -> None:
    """Approve what somebody else wrote."""
    desk.require(Permission.APPROVE)
    _check_status(version, VersionStatus.SUBMITTED)
    guards.check_two_people(version, desk.user)
    _check_ready(desk, version)
    version.approver = desk.user
    version.approved_at = desk.now
    _move(desk, version, VersionStatus.APPROVED, "rebuttal.approved")


def publish(desk: Desk, version: RebuttalVersion) -> None:
    """Put an approved version before the public, and tell the index of it."""
    desk.require(Permission.APPROVE)
    _check_status(version, VersionStatus.APPROVED)
    if version.approver is None:
        raise GuardError(N_("Naskah ini belum disetujui orang kedua."))
    guards.check_two_people(version, version.approver)
    _check_ready(desk, version)
    rebuttal = version.rebuttal
    guards.mark_press_posts(desk.store, rebuttal.case)  # whatever the verdict: none is listed
    rebuttal.slug = rebuttal.slug or _free_slug(desk, version.headline)
    version.published_at = desk.now
    _move(desk, version, VersionStatus.PUBLISHED, "rebuttal.published")
    outbox.queue_fact_check(desk.session, build_fact_check(desk, version), desk.now)


def start_correction(desk: Desk, rebuttal: Rebuttal, note: str) -> RebuttalVersion:
    """Begin a new version of a published rebuttal; the note will be public."""
    desk.require(Permission.WRITE)
    current = rebuttal.published
    if current is None or rebuttal.in_work is not None:
        raise WrongStateError(N_("Koreksi hanya untuk klarifikasi yang terbit, satu per satu."))
    version = _add_version(desk, rebuttal)
    version.correction_note = _required(note, N_("Tuliskan catatan koreksi untuk publik."))
    for user_id in current.contributor_ids - {desk.user.id}:
        version.contributors.append(VersionContributor(user_id=user_id))
    _write(desk, version, text_of(current))
    audit.record(desk, "rebuttal.correction", version, note=note)
    return version


def withdraw(desk: Desk, rebuttal: Rebuttal, note: str) -> None:
    """Take a rebuttal back: the public page says so and why, and nothing matches it any longer."""
    desk.require(Permission.APPROVE)
    if rebuttal.published is None:
        raise WrongStateError(N_("Klarifikasi ini tidak sedang terbit."))
    reason = _required(note, N_("Tuliskan alasan penarikan untuk publik."))
    for version in rebuttal.versions:
        if version.status is not VersionStatus.WITHDRAWN:
            version.status = VersionStatus.WITHDRAWN
            version.withdrawn_at = desk.now
            version.withdrawal_note = reason
    desk.session.flush()
    audit.record(desk, "rebuttal.withdrawn", rebuttal.versions[-1], note=reason)
    outbox.queue_removal(desk.session, fact_check_id(rebuttal), desk.now)
    cases.set_status(desk, rebuttal.case, CaseStatus.REVIEWED)


def discard_draft(desk: Desk, version: RebuttalVersion) -> None:
    """Give up a version that was never published."""
    desk.require(Permission.WRITE)
    _check_status(version, VersionStatus.DRAFT)
    version.withdrawn_at = desk.now
    version.status = VersionStatus.WITHDRAWN
    desk.session.flush()
    audit.record(desk, "rebuttal.discarded", version)
    if version.rebuttal.published is None:
        cases.set_status(desk, version.rebuttal.case, CaseStatus.REVIEWED)


def text_of(version: RebuttalVersion) -> RebuttalText:
    """What a version says, as a person would type it."""
    sources = tuple(
        Citation(agency=fact.agency, document=fact.document, url=fact.url, dated_on=fact.dated_on)
        for fact in version.facts
    )
    return RebuttalText(**{name: getattr(version, name) for name in PARTS}, sources=sources)


def fact_check_id(rebuttal: Rebuttal) -> str:
    """Under which id the index knows an own rebuttal."""
    return f"own-{rebuttal.id}"


def public_url(desk: Desk, rebuttal: Rebuttal) -> str:
    """Where the public reads it; a bare path while the office has named no address."""
    return f"{desk.settings.desk.public_url.rstrip('/')}/klarifikasi/{rebuttal.slug}"


def build_fact_check(desk: Desk, version: RebuttalVersion) -> FactCheck:
    """The document by which the matcher finds an own rebuttal."""
    office = desk.settings.office
    return FactCheck(
        id=fact_check_id(version.rebuttal),
        url=public_url(desk, version.rebuttal),
        title=version.headline,
        claim=version.rebuttal.case.claim,
        verdict=version.verdict.value,
        publisher=office.name,
        published_on=desk.now.astimezone(ZoneInfo(office.timezone)).date(),
        collected_at=desk.now,
        text=f"{version.fact}\n{version.explanation}",
        own=True,
    )


def _add_version(desk: Desk, rebuttal: Rebuttal) -> RebuttalVersion:
    version = RebuttalVersion(
        number=max((known.number for known in rebuttal.versions), default=0) + 1,
        status=VersionStatus.DRAFT,
        author_id=desk.user.id,
        created_at=desk.now,
    )
    rebuttal.versions.append(version)
    return version


def _write(desk: Desk, version: RebuttalVersion, text: RebuttalText) -> None:
    for name in PARTS:
        setattr(version, name, getattr(text, name))
    version.facts.clear()
    desk.session.flush()
    for position, source in enumerate(text.sources, start=1):
        version.facts.append(
            OfficialFact(
                position=position,
                agency=source.agency.strip(),
                document=source.document.strip(),
                url=source.url.strip(),
                dated_on=source.dated_on,
            )
        )
    if desk.user.id not in {row.user_id for row in version.contributors}:
        version.contributors.append(VersionContributor(user_id=desk.user.id))
    desk.session.flush()


def _check_ready(desk: Desk, version: RebuttalVersion) -> None:
    case = version.rebuttal.case
    guards.check_answerable(case)
    guards.check_decided(case)
    guards.check_sources(version)
    for item in build_checklist(version):
        if item.required and not item.done:
            raise GuardError(item.advice)
    guards.check_press_posts(desk.store, case, version.verdict)


def _check_status(version: RebuttalVersion, *allowed: VersionStatus) -> None:
    if version.status not in allowed:
        raise WrongStateError(N_("Naskah ini sudah tidak pada tahap itu; muat ulang halamannya."))


_CASE_STATUS = {
    VersionStatus.DRAFT: CaseStatus.DRAFT,
    VersionStatus.SUBMITTED: CaseStatus.APPROVAL,
    VersionStatus.APPROVED: CaseStatus.APPROVAL,
    VersionStatus.PUBLISHED: CaseStatus.PUBLISHED,
}


def _move(
    desk: Desk, version: RebuttalVersion, status: VersionStatus, action: str, note: str = ""
) -> None:
    before, version.status = version.status, status
    desk.session.flush()
    audit.record(desk, action, version, changes={"status": (before, status)}, note=note)
    correcting = version.rebuttal.published not in (None, version)
    if not correcting:
        cases.set_status(desk, version.rebuttal.case, _CASE_STATUS[status])


def _texts(before: dict[str, object] | None, version: RebuttalVersion) -> audit.Changes:
    old = before or dict.fromkeys(PARTS)
    new = {name: getattr(version, name) for name in PARTS}
    return {name: (old[name], new[name]) for name in PARTS if old[name] != new[name]}


def _required(note: str, advice: str) -> str:
    if not guards.says_something(note):
        raise GuardError(advice)
    return note.strip()


def _free_slug(desk: Desk, headline: str) -> str:
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:90].rstrip("-") or "klarifikasi"
    taken = set(desk.session.scalars(select(Rebuttal.slug).where(Rebuttal.slug.startswith(stem))))
    number = 2
    slug = stem
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
