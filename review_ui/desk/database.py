"""The editorial database: SQLite beside the index by default, PostgreSQL by URL, migrated here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.orm import Session

from indices.errors import SettingsError, StoreVersionError
from indices.settings import Settings
from review_ui.desk.errors import DeskError

MIGRATIONS = Path(__file__).with_name("migrations")


def open_database(settings: Settings) -> Engine:
    """An engine on a database of the newest form.

    Raises:
        SettingsError: `desk.database_url` cannot be read.
        StoreVersionError: a newer version of the program wrote the database.
        DeskError: it cannot be opened now.
    """
    engine = connect(settings)
    with explained(engine):
        migrate(engine)
    return engine


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """What the database refuses inside the block comes out as one line with its mend.

    Raises:
        DeskError: it cannot be opened, is damaged, or is none of ours.
    """
    place = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except OperationalError as error:
        raise DeskError(
            f"{place}: cannot be opened ({error.orig}); check disk and rights"
        ) from error
    except DatabaseError as error:
        raise DeskError(
            f"{place}: is damaged or no desk of Luruskan ({error.orig}); restore a backup"
        ) from error


@contextmanager
def desk_session(settings: Settings) -> Iterator[Session]:
    """A session for a command or a job; commits at the end, takes back on an error."""
    engine = open_database(settings)
    try:
        with Session(engine) as session:
            yield session
            session.commit()
    finally:
        engine.dispose()


def migrate(engine: Engine) -> None:
    """Bring the database to the newest form; does nothing when it has it."""
    with engine.begin() as connection:
        if not is_current(connection):
            config = _alembic()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Whether the database has the newest form; False for an older one.

    Raises:
        StoreVersionError: a newer version of the program wrote it.
    """
    scripts = ScriptDirectory.from_config(_alembic())
    current = MigrationContext.configure(connection).get_current_revision()
    known = {one.revision for one in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise StoreVersionError(
            "the desk's database was written by a newer version; upgrade the program"
        )
    return current == scripts.get_current_head()


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def connect(settings: Settings) -> Engine:
    """An engine on the database as it is, nothing made or migrated yet.

    Raises:
        SettingsError: `desk.database_url` cannot be read.
    """
    given = settings.desk.database_url
    try:
        url = make_url(given or f"sqlite:///{settings.home / 'desk.sqlite'}")
    except ArgumentError as error:
        raise SettingsError("desk.database_url: is not an SQLAlchemy URL") from error
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """Readers never wait for a writer, links between tables hold, and writers take turns."""
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")
