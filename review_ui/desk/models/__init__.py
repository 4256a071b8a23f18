"""The tables of the editorial record."""

from review_ui.desk.models.accounts import Role, User
from review_ui.desk.models.cases import Case, CasePost, Decision
from review_ui.desk.models.journal import AuditEvent, OutboxEntry, PostReview
from review_ui.desk.models.rebuttals import (
    OfficialFact,
    Rebuttal,
    RebuttalVersion,
    VersionContributor,
)

__all__ = [
    "AuditEvent",
    "Case",
    "CasePost",
    "Decision",
    "OfficialFact",
    "OutboxEntry",
    "PostReview",
    "Rebuttal",
    "RebuttalVersion",
    "Role",
    "User",
    "VersionContributor",
]
