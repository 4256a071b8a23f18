"""`luruskan summary` on a real data directory."""

from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from indices.commands.main import main
from tests.factories import NOW


def run(home: Path, *arguments: str) -> Result:
    with time_machine.travel(NOW, tick=False):
        return CliRunner().invoke(main, ["--home", str(home), "summary", *arguments])


def test_it_writes_the_last_whole_week_and_prints_where(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    names = ["ringkasan-2026-W46.html", "ringkasan-2026-W46.pdf", "ringkasan-2026-W46.txt"]
    assert result.stdout.split() == [str(tmp_path / "summaries" / name) for name in names]
    assert all(Path(line).stat().st_size for line in result.stdout.split())


def test_the_same_call_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        assert run(tmp_path, "--week", "this", "--output", str(folder)).exit_code == 0
    assert [path.read_bytes() for path in sorted(first.iterdir())] == [
        path.read_bytes() for path in sorted(second.iterdir())
    ]


@pytest.mark.parametrize(("form", "ending"), [("html", "html"), ("pdf", "pdf"), ("text", "txt")])
def test_one_format_alone_can_be_asked_for(tmp_path: Path, form: str, ending: str) -> None:
    result = run(tmp_path, "--format", form, "--output", str(tmp_path / "out"))
    assert result.stdout.strip() == str(tmp_path / "out" / f"ringkasan-2026-W46.{ending}")


def test_a_wrong_week_is_one_line_and_exit_code_two(tmp_path: Path) -> None:
    result = run(tmp_path, "--week", "2026-47")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "write it like 2026-W47" in result.stderr
