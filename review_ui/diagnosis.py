"""What `luruskan doctor` says of the desk's database; it is looked at and never changed."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, text

from indices.diagnosis import Finding, Status
from indices.errors import LuruskanError
from indices.settings import Settings
from review_ui.desk.database import connect, explained, is_current


def check_desk(settings: Settings) -> Finding:
    """Whether the database is there, whole, of the right form, and can be written."""
    try:
        engine = connect(settings)
    except LuruskanError as error:
        return _red(str(error), "correct it")
    name = engine.url.database or ""
    file = Path(name) if engine.url.get_backend_name() == "sqlite" and name else None
    try:
        if file is not None and not file.exists():
            mend = "nothing to do: luruskan users add makes it"
            return _yellow(f"{file} is not there yet", mend)
        if file is not None and not os.access(file, os.W_OK):
            return _red(f"{file} cannot be written", "give it to this user")
        with explained(engine):
            return _look(engine)
    except LuruskanError as error:
        return _red(str(error), "")  # it names its mend itself
    finally:
        engine.dispose()


def _look(engine: Engine) -> Finding:
    place = engine.url.render_as_string(hide_password=True)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            faults = connection.execute(text("PRAGMA quick_check(3)")).scalars().all()
            if faults != ["ok"]:
                return _red(f"{place} is damaged: {'; '.join(faults)}"[:300], "restore a backup")
        if not is_current(connection):
            mend = "nothing to do: the next command that uses the desk brings it up to date"
            return _yellow(f"{place} is of an older form", mend)
    return Finding(check="desk", detail=place)


def _red(detail: str, mend: str) -> Finding:
    return Finding(check="desk", status=Status.RED, detail=detail, mend=mend)


def _yellow(detail: str, mend: str) -> Finding:
    return Finding(check="desk", status=Status.YELLOW, detail=detail, mend=mend)
