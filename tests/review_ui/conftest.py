"""Fixtures of the desk's tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from review_ui.application import create_app
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom, fill_newsroom, open_newsroom


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, since good password hashes take their time."""
    home = tmp_path_factory.mktemp("newsroom")
    room = open_newsroom(home)
    fill_newsroom(room)
    room.close()
    return home


@pytest.fixture
def newsroom(filled_home: Path, tmp_path: Path) -> Iterator[Newsroom]:
    shutil.copytree(filled_home, tmp_path, dirs_exist_ok=True)
    room = open_newsroom(tmp_path)
    yield room
    room.close()


@pytest.fixture
def app(newsroom: Newsroom) -> Flask:
    return create_app(newsroom.settings, newsroom.store)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Nobody yet."""
    return Visitor(app)


@pytest.fixture
def as_role(app: Flask) -> Callable[[str], Visitor]:
    """Somebody who signed in."""

    def sign_in(name: str) -> Visitor:
        somebody = Visitor(app)
        assert somebody.sign_in(name).status_code == 302
        return somebody

    return sign_in
