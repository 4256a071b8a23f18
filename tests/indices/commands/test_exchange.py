"""`luruskan export` and `luruskan import` as a person or a cron job calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main
from tests.factories import a_source
from tests.indices.contract_documents import make_post
from tests.stores import embedded_store


def luruskan(home: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *arguments], input=stdin)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    store = embedded_store(home)
    store.upsert_posts([make_post(1), make_post(2)])
    store.put_source(a_source())
    store.close()
    return home


def test_an_export_can_be_imported_elsewhere(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "cadangan.ndjson"

    assert luruskan(home, "export", str(target)).exit_code == 0
    result = luruskan(tmp_path / "lain", "import", str(target))

    assert result.exit_code == 0
    assert "Imported 2 posts, 1 sources; 0 lines left out." in result.stdout
    assert luruskan(tmp_path / "lain", "export").stdout_bytes == target.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o600


def test_standard_input_and_output_carry_an_export(home: Path, tmp_path: Path) -> None:
    content = luruskan(home, "export", "-").stdout_bytes

    result = luruskan(tmp_path / "lain", "import", "-", stdin=content)

    assert result.exit_code == 0
    assert luruskan(tmp_path / "lain", "export").stdout_bytes == content


def test_a_file_that_is_there_is_replaced_only_by_force(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "cadangan.ndjson"
    target.write_text("penting")

    refused = luruskan(home, "export", str(target))
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert target.read_text() == "penting"

    assert luruskan(home, "export", str(target), "--force").exit_code == 0
    assert target.read_text().startswith('{"kind":"header"')
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_place_that_cannot_be_written_is_one_line(home: Path, tmp_path: Path) -> None:
    result = luruskan(home, "export", str(tmp_path / "tidak" / "ada.ndjson"))

    assert result.exit_code == 1
    assert "ada.ndjson: No such file or directory; choose another place" in result.stderr


def test_left_out_lines_are_named_and_the_exit_code_says_so(home: Path, tmp_path: Path) -> None:
    content = luruskan(home, "export").stdout_bytes + b"rusak\n" * 150

    result = luruskan(tmp_path / "lain", "import", "-", stdin=content)

    assert result.exit_code == 1
    assert "line 5: is not JSON; expected one JSON object" in result.stderr
    assert "... and 50 more" in result.stderr
    assert "Imported 2 posts, 1 sources; 150 lines left out." in result.stdout


def test_a_file_that_is_no_export_is_one_line(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "catatan.txt"
    other.write_text("halo\n")

    result = luruskan(home, "import", str(other))

    assert result.exit_code == 2
    assert "catatan.txt: is no Luruskan export" in result.stderr
    assert luruskan(home, "import", str(tmp_path / "tiada")).exit_code == 1
    assert luruskan(home, "import", str(tmp_path)).exit_code == 1


def test_an_index_that_is_away_gives_one_line_and_no_half_export(home: Path) -> None:
    (home / "luruskan.toml").write_text('elasticsearch_url = "http://127.0.0.1:9"\n')

    result = luruskan(home, "export", "-")

    assert result.exit_code != 0
    assert result.stdout_bytes == b""
    assert "index at http://127.0.0.1:9 is away" in result.stderr
