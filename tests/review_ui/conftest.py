"""Fixtures of the desk's tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

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
