"""Three invented people who can sign in, with passwords made once for each data directory."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from indices.errors import BadInputError
from indices.settings import Settings
from review_ui.desk.models import User
from review_ui.desk.passwords import build_password, hash_password
from review_ui.desk.users import NewUser, add_user, find_user
from review_ui.desk.vocabulary import RoleName

FILE_NAME = "demo-users.json"
_PEOPLE = (
    ("penelaah@lembahsarang.example", "Sari Wulandari", RoleName.REVIEWER),
    ("redaktur@lembahsarang.example", "Budi Lawe", RoleName.EDITOR),
    ("jurubicara@lembahsarang.example", "Nur Aminah", RoleName.SPOKESPERSON),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUser:
    """Somebody to sign in as."""

    email: str
    name: str
    role: str
    password: str


def ensure_people(session: Session, settings: Settings, now: datetime) -> dict[RoleName, User]:
    """Make them where they are missing; their passwords are in `demo-users.json`."""
    path = settings.home / FILE_NAME
    known = {user.email: user for user in read_people(path)}
    people = {}
    for email, name, role in _PEOPLE:
        user = find_user(session, email)
        if email not in known:
            password = build_password()
            known[email] = DemoUser(email=email, name=name, role=role.value, password=password)
            if user is not None:  # the file was lost
                user.password = hash_password(settings, password)
        people[role] = user or _add(session, settings, known[email], now)
    _write_private(path, json.dumps([asdict(user) for user in known.values()], indent=2))
    return people


def read_people(path: Path) -> list[DemoUser]:
    """Who can sign in to the demo; nobody before its first run."""
    if not path.exists():
        return []
    try:
        return [DemoUser(**values) for values in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError) as error:
        raise BadInputError(f"{path}: cannot be read; delete it to get new passwords") from error


def _add(session: Session, settings: Settings, known: DemoUser, now: datetime) -> User:
    new = NewUser(
        email=known.email, name=known.name, password=known.password, roles=(RoleName(known.role),)
    )
    return add_user(session, settings, new, now)


def _write_private(path: Path, text: str) -> None:
    """For the owner's eyes only, from the first byte."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
