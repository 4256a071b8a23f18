"""The editorial database: migrated at start, of the form that the models say."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from indices.errors import LuruskanError, SettingsError, StoreVersionError
from indices.settings import DeskSettings, Settings
from review_ui.desk.database import open_database
from review_ui.desk.models import Case
from tests.review_ui.newsroom import Newsroom


def test_the_migrations_make_exactly_what_the_models_say(newsroom: Newsroom) -> None:
    with newsroom.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Case.metadata) == []


def test_sqlite_keeps_links_and_lets_readers_go_on(newsroom: Newsroom) -> None:
    with newsroom.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_a_case_without_a_claim_is_refused_by_the_database_too(newsroom: Newsroom) -> None:
    case = newsroom.case()
    newsroom.session.commit()
    empty = text("UPDATE case_file SET claim = '  ' WHERE id = :id")
    with pytest.raises(IntegrityError):
        newsroom.session.execute(empty, {"id": case.id})
    newsroom.session.rollback()


def test_a_database_of_a_newer_version_is_left_alone(newsroom: Newsroom) -> None:
    with Session(newsroom.engine) as session, session.begin():
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreVersionError, match="newer"):
        open_database(newsroom.settings)


def test_a_url_that_is_none_names_the_setting(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, desk=DeskSettings(database_url="bukan url"))
    with pytest.raises(SettingsError, match="database_url"):
        open_database(settings)


def test_a_database_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    desk = DeskSettings(
        database_url=f"sqlite:///{tmp_path}/tidak/ada/desk.sqlite", secret_key=SecretStr("x")
    )
    with pytest.raises(LuruskanError, match="cannot be opened"):
        open_database(Settings(home=tmp_path, desk=desk))


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"bukan basis data" * 1000)
    with pytest.raises(LuruskanError, match="damaged or no desk of Luruskan"):
        open_database(Settings(home=tmp_path))
