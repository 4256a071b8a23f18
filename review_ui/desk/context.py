"""Who acts at the desk, on what, and when: the first argument of every service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from indices.settings import Settings
from indices.store import Store
from review_ui.desk.errors import NotAllowedError
from review_ui.desk.models import User
from review_ui.desk.permissions import Permission, granted_to
from review_ui.desk.vocabulary import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One person at work; services flush, whoever made the desk commits."""

    session: Session
    store: Store
    settings: Settings
    user: User
    now: datetime

    def may(self, permission: Permission) -> bool:
        """Whether this person may do that now."""
        return self.user.active and permission in granted_to(self.user.role_names)

    def require(self, permission: Permission) -> None:
        """Refuse unless this person may do that.

        Raises:
            NotAllowedError: they may not.
        """
        if not self.may(permission):
            raise NotAllowedError(N_("Peran Anda tidak mengizinkan tindakan ini."))
