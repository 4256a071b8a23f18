"""The data directory is its owner's alone, whichever command makes it."""

from pathlib import Path

import pytest

from indices.errors import SettingsError
from indices.homes import create_home, make_private
from indices.locks import exclusive
from indices.runtime import Runtime
from indices.settings import OfficeSettings


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_any_command_that_opens_the_store_makes_a_private_home(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    with Runtime(home=home).store():
        assert mode(home) == 0o700


def test_a_lock_in_a_new_home_makes_a_private_home(tmp_path: Path) -> None:
    with exclusive(tmp_path / "home" / "daily.lock", "luruskan daily"):
        assert mode(tmp_path / "home") == 0o700


def test_init_closes_a_home_that_stood_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert create_home(tmp_path, OfficeSettings())
    assert mode(tmp_path) == 0o700


def test_a_home_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be made"):
        make_private(tmp_path / "file" / "home")
