"""`luruskan train` says what it needs before it loads anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from indices.commands.main import main


def test_without_data_it_refuses_and_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LURUSKAN_TEST_DATA", raising=False)
    command = ["--home", str(tmp_path), "train", "--output", str(tmp_path / "model")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "LURUSKAN_TEST_DATA is not set" in result.stderr
    assert not (tmp_path / "model").exists()


def test_a_directory_without_the_data_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LURUSKAN_TEST_DATA", str(tmp_path))
    command = ["--home", str(tmp_path), "train", "--output", str(tmp_path / "model")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "name the data's directory" in result.stderr
