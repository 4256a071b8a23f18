"""What each role may do at the desk."""

from __future__ import annotations

from enum import StrEnum

from review_ui.desk.vocabulary import RoleName


class Permission(StrEnum):
    """Something that not everybody may do."""

    READ = "read"
    TRIAGE = "triage"
    """Judge posts, open cases, link posts, decide."""
    WRITE = "write"
    """Draft and submit rebuttals."""
    APPROVE = "approve"
    """Approve, publish, correct and withdraw; never one's own text."""
    REVEAL = "reveal"
    """See masked personal data, with a reason, logged."""
    AUDIT = "audit"
    MANAGE_USERS = "manage_users"


_REVIEWER = {Permission.READ, Permission.TRIAGE, Permission.WRITE, Permission.REVEAL}

GRANTED: dict[RoleName, frozenset[Permission]] = {
    RoleName.REVIEWER: frozenset(_REVIEWER),
    RoleName.EDITOR: frozenset(_REVIEWER | {Permission.APPROVE}),
    RoleName.SPOKESPERSON: frozenset({Permission.READ}),
    RoleName.ADMIN: frozenset({Permission.READ, Permission.AUDIT, Permission.MANAGE_USERS}),
}


def granted_to(roles: frozenset[RoleName]) -> frozenset[Permission]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(GRANTED[role] for role in roles))
