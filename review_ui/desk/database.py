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
from sqlalchemy import Engine, create_engine, event, make_url
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
    engine = _connect(settings)
    try:
        migrate(engine)
    except OperationalError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise DeskError(
            f"{place}: cannot be opened ({error.orig}); check disk and rights"
        ) from error
    except DatabaseError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise DeskError(
            f"{place}: is damaged or no desk of Luruskan ({error.orig}); restore a backup"
        ) from error
    return engine


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
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return
        if current is not None and current not in {
            one.revision for one in scripts.walk_revisions()
        }:
            raise StoreVersionError(
                "the desk's database was written by a newer version; upgrade the program"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _connect(settings: Settings) -> Engine:
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
