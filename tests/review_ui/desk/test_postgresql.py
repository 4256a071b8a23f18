"""The same desk on PostgreSQL, where one is given: guards of the database included."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from indices.settings import DeskSettings, Settings
from review_ui.desk.models import PostReview
from review_ui.desk.vocabulary import VersionStatus
from tests.review_ui.newsroom import Newsroom, fill_newsroom, open_newsroom

SERVER = os.environ.get("POSTGRES_URL", "")
pytestmark = pytest.mark.skipif(
    not SERVER, reason="POSTGRES_URL is not set (postgresql+psycopg://user@host:port/postgres)"
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    name = f"luruskan_test_{os.getpid()}"
    server = create_engine(make_url(SERVER), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    desk = DeskSettings(
        database_url=url, secret_key=SecretStr("s" * 40), password_salt=SecretStr("g" * 40)
    )
    newsroom = open_newsroom(tmp_path, Settings(home=tmp_path, desk=desk))
    fill_newsroom(newsroom)
    yield newsroom
    newsroom.close()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def test_the_whole_way_to_publication_and_the_database_guards(room: Newsroom) -> None:
    version = room.published(room.case())
    assert version.status is VersionStatus.PUBLISHED
    assert version.published_at is not None
    assert version.published_at.utcoffset() is not None
    assert room.session.query(PostReview).count() > 0
    for attack, refusal in (
        ("UPDATE rebuttal_version SET headline = 'lain'", "frozen"),
        ("DELETE FROM official_fact", "frozen"),
        ("DELETE FROM audit_event", "only ever added to"),
        ("UPDATE decision SET reason = ''", "only ever added to"),
        ("UPDATE rebuttal_version SET approver_id = author_id", "two_people|cannot approve"),
        ("DELETE FROM version_contributor", "who wrote stays on record"),
    ):
        with pytest.raises(DBAPIError, match=refusal):
            room.session.execute(text(attack))
        room.session.rollback()
