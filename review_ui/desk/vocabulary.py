"""The desk's words: statuses, decisions, types, topics, roles, and what the UI calls them."""

from __future__ import annotations

from enum import StrEnum

from indices.documents import ReviewLabel


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "translate this later"
    """Mark a message for the catalogue; whoever shows it translates it."""
    return message


class RoleName(StrEnum):
    """Who somebody is at the desk."""

    REVIEWER = "penelaah"
    EDITOR = "redaktur"
    SPOKESPERSON = "juru_bicara"
    ADMIN = "admin"


class CaseStatus(StrEnum):
    """Where the work on a case stands; the last five are exits without a public label."""

    NEW = "new"
    REVIEWED = "reviewed"
    WAITING = "waiting"
    DRAFT = "draft"
    APPROVAL = "approval"
    PUBLISHED = "published"
    MONITORED = "monitored"
    DONE = "done"
    OPINION = "opinion"
    SATIRE = "satire"
    OUT_OF_REGION = "out_of_region"
    DUPLICATE = "duplicate"
    NOT_AN_ISSUE = "not_an_issue"


EXITS: dict[CaseStatus, ReviewLabel | None] = {
    CaseStatus.OPINION: ReviewLabel.OPINION,
    CaseStatus.SATIRE: ReviewLabel.SATIRE,
    CaseStatus.OUT_OF_REGION: ReviewLabel.OUT_OF_REGION,
    CaseStatus.DUPLICATE: None,
    CaseStatus.NOT_AN_ISSUE: ReviewLabel.NOT_AN_ISSUE,
}
"""Ways out of a case, and what its posts are then."""

OPEN_STATUSES = (
    CaseStatus.NEW,
    CaseStatus.REVIEWED,
    CaseStatus.WAITING,
    CaseStatus.DRAFT,
    CaseStatus.APPROVAL,
)
"""Somebody still has to do something."""


class DecisionKind(StrEnum):
    """What the desk does about a case; answering an unseen rumour spreads it."""

    RESPOND = "respond"
    MONITOR = "monitor"
    IGNORE = "ignore"


class Mark(StrEnum):
    """How much of harm, reach, speed or locality there is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class LinkRole(StrEnum):
    """What a linked post has to do with the claim."""

    CARRIES = "carries"
    MENTIONS = "mentions"
    """It reports on the claim; it is never labelled and never listed as an example of it."""


class VersionStatus(StrEnum):
    """Where a version of a rebuttal stands; published and withdrawn ones never change again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class FalsehoodType(StrEnum):
    """First Draft's seven."""

    SATIRE = "satire"
    MISLEADING = "misleading"
    IMPOSTER = "imposter"
    FABRICATED = "fabricated"
    FALSE_CONNECTION = "false_connection"
    FALSE_CONTEXT = "false_context"
    MANIPULATED = "manipulated"


class Topic(StrEnum):
    """The ministry's thirteen."""

    POLITICS = "politik"
    GOVERNMENT = "pemerintahan"
    HEALTH = "kesehatan"
    DISASTER = "kebencanaan"
    SCAM = "penipuan"
    CRIME = "kejahatan"
    INTERNATIONAL = "internasional"
    DEFAMATION = "pencemaran nama baik"
    TRADE = "perdagangan"
    RELIGION = "keagamaan"
    EDUCATION = "pendidikan"
    MYTH = "mitos"
    OTHER = "lain-lain"


CASE_STATUS_NAMES = {
    CaseStatus.NEW: N_("Baru"),
    CaseStatus.REVIEWED: N_("Ditelaah"),
    CaseStatus.WAITING: N_("Menunggu klarifikasi OPD"),
    CaseStatus.DRAFT: N_("Draf"),
    CaseStatus.APPROVAL: N_("Menunggu persetujuan"),
    CaseStatus.PUBLISHED: N_("Terbit"),
    CaseStatus.MONITORED: N_("Dipantau"),
    CaseStatus.DONE: N_("Selesai"),
    CaseStatus.OPINION: N_("Opini/kritik"),
    CaseStatus.SATIRE: N_("Satire"),
    CaseStatus.OUT_OF_REGION: N_("Di luar wilayah"),
    CaseStatus.DUPLICATE: N_("Duplikat"),
    CaseStatus.NOT_AN_ISSUE: N_("Bukan isu"),
}
DECISION_NAMES = {
    DecisionKind.RESPOND: N_("Tanggapi"),
    DecisionKind.MONITOR: N_("Pantau"),
    DecisionKind.IGNORE: N_("Abaikan"),
}
MARK_NAMES = {Mark.LOW: N_("Rendah"), Mark.MEDIUM: N_("Sedang"), Mark.HIGH: N_("Tinggi")}
VERSION_STATUS_NAMES = {
    VersionStatus.DRAFT: N_("Draf"),
    VersionStatus.SUBMITTED: N_("Menunggu persetujuan"),
    VersionStatus.APPROVED: N_("Disetujui"),
    VersionStatus.PUBLISHED: N_("Terbit"),
    VersionStatus.WITHDRAWN: N_("Ditarik"),
}
FALSEHOOD_NAMES = {
    FalsehoodType.SATIRE: N_("Satire/parodi"),
    FalsehoodType.MISLEADING: N_("Konten menyesatkan"),
    FalsehoodType.IMPOSTER: N_("Konten tiruan"),
    FalsehoodType.FABRICATED: N_("Konten palsu"),
    FalsehoodType.FALSE_CONNECTION: N_("Koneksi yang salah"),
    FalsehoodType.FALSE_CONTEXT: N_("Konteks yang salah"),
    FalsehoodType.MANIPULATED: N_("Konten yang dimanipulasi"),
}
ROLE_NAMES = {
    RoleName.REVIEWER: N_("Penelaah"),
    RoleName.EDITOR: N_("Redaktur"),
    RoleName.SPOKESPERSON: N_("Juru bicara"),
    RoleName.ADMIN: N_("Admin"),
}
