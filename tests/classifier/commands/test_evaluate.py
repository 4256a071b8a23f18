"""`luruskan evaluate` says what is missing before it loads anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from classifier.training.corpus import PAIRS_FILE
from indices.commands.main import main


def run(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--home", str(tmp_path), "evaluate", *arguments])
    return result.exit_code, result.stderr


def test_without_data_it_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LURUSKAN_TEST_DATA", raising=False)
    code, told = run(tmp_path)
    assert code == 2
    assert "LURUSKAN_TEST_DATA is not set" in told


def test_a_directory_without_the_data_is_refused(tmp_path: Path) -> None:
    code, told = run(tmp_path, "--data", str(tmp_path))
    assert code == 2
    assert "name the data's directory" in told


def test_a_gate_file_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / PAIRS_FILE).write_bytes(b"")
    (tmp_path / "floors.json").write_text("{}")
    code, told = run(tmp_path, "--data", str(tmp_path), "--gate", str(tmp_path / "floors.json"))
    assert code == 2
    assert "holds no floors" in told
