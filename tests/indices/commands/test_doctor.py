"""`luruskan doctor`: says what is wrong, goes on after it, and its exit code can be trusted."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main
from tests.indices.contract_documents import make_post
from tests.stores import embedded_store


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LURUSKAN_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    assert luruskan(home, "init").exit_code == 0
    return home


def luruskan(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *arguments])


def findings(home: Path) -> tuple[int, dict[str, dict[str, str]]]:
    result = luruskan(home, "doctor", "--json")
    report = json.loads(result.stdout)
    assert report["healthy"] is (result.exit_code == 0)
    return result.exit_code, {finding["check"]: finding for finding in report["findings"]}


def test_a_healthy_home_is_green(home: Path) -> None:
    store = embedded_store(home)
    store.upsert_posts([make_post(1)])
    store.close()

    exit_code, found = findings(home)

    assert exit_code == 0
    assert [found[name]["status"] for name in ("home", "disk", "settings", "file", "index")] == (
        ["ok"] * 5
    )
    assert "embedded 3." in found["index"]["detail"]
    assert "1 posts" in found["index"]["detail"]
    assert found["encoder"]["status"] == "warning"


def test_a_person_reads_one_line_for_each_check(home: Path) -> None:
    result = luruskan(home, "doctor")

    lines = result.stdout.splitlines()
    assert [line.split()[1] for line in lines] == [
        "home",
        "disk",
        "settings",
        "file",
        "index",
        "places",
        "desk",
        "encoder",
    ]
    assert result.exit_code == 0


def test_a_missing_home_asks_for_init(tmp_path: Path) -> None:
    exit_code, found = findings(tmp_path / "tiada")

    assert exit_code == 1
    assert "luruskan init" in found["home"]["mend"]
    assert not (tmp_path / "tiada").exists(), "looking makes nothing"


def test_broken_settings_are_one_line_and_the_rest_goes_on(home: Path) -> None:
    (home / "luruskan.toml").write_text("[desk]\nprot = 1\n")

    exit_code, found = findings(home)

    assert exit_code == 1
    assert found["settings"]["status"] == "red"
    assert "did you mean desk.port?" in found["settings"]["detail"]
    assert found["disk"]["status"] == "ok"


def test_missing_keys_and_open_doors_are_warnings(home: Path) -> None:
    home.chmod(0o755)
    (home / "luruskan.toml").chmod(0o644)
    exit_code, found = findings(home)
    assert exit_code == 0
    assert found["home"]["mend"] == f"chmod 700 {home}"
    assert "chmod 600" in found["settings"]["mend"]

    (home / "luruskan.toml").write_text("")
    exit_code, found = findings(home)
    assert exit_code == 0
    assert "crawl.pseudonym_key" in found["settings"]["detail"]


def test_a_damaged_file_is_red(home: Path) -> None:
    (home / "index.sqlite").write_bytes(b"bukan basis data" * 1000)

    exit_code, found = findings(home)

    assert exit_code == 1
    assert found["file"]["status"] == found["index"]["status"] == "red"
    assert "damaged" in found["file"]["detail"]


def test_a_newer_file_is_red_and_names_the_mend(home: Path) -> None:
    connection = sqlite3.connect(home / "index.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    exit_code, found = findings(home)

    assert exit_code == 1
    assert "upgrade Luruskan" in found["index"]["detail"]
    assert found["file"]["mend"] == ""  # the detail names it; exporting would not help


def test_a_server_that_is_away_is_red(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LURUSKAN_ELASTICSEARCH_URL", "http://127.0.0.1:9")

    exit_code, found = findings(home)

    assert exit_code == 1
    assert found["index"]["status"] == "red"
    assert "file" not in found


def desk_database(home: Path, statement: str = "SELECT 1") -> Path:
    added = luruskan(home, "users", "add", "sari@diskominfo.example", "--role", "admin")
    assert added.exit_code == 0, added.output
    path = home / "desk.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    return path


def test_the_desk_before_its_first_user_is_made_by_nobody(home: Path) -> None:
    exit_code, found = findings(home)

    assert exit_code == 0
    assert found["desk"]["status"] == "warning"
    assert "luruskan users add" in found["desk"]["mend"]
    assert not (home / "desk.sqlite").exists(), "looking makes nothing"


def test_a_healthy_desk_is_green(home: Path) -> None:
    path = desk_database(home)

    assert findings(home)[1]["desk"] == {
        "check": "desk",
        "status": "ok",
        "detail": f"sqlite:///{path}",
        "mend": "",
    }


def test_a_desk_of_a_newer_version_is_red_and_names_the_mend(home: Path) -> None:
    desk_database(home, "UPDATE alembic_version SET version_num = '9999'")

    exit_code, found = findings(home)

    assert exit_code == 1
    assert found["desk"]["status"] == "red"
    assert "upgrade the program" in found["desk"]["detail"]


def test_a_desk_of_an_older_version_is_left_as_it_is(home: Path) -> None:
    path = desk_database(home, "UPDATE alembic_version SET version_num = '0001'")

    assert findings(home)[1]["desk"]["status"] == "warning"

    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [("0001",)]
    connection.close()


def test_a_damaged_desk_is_red_and_names_the_mend(home: Path) -> None:
    (home / "desk.sqlite").write_bytes(b"bukan basis data" * 1000)

    exit_code, found = findings(home)

    assert exit_code == 1
    assert "restore a backup" in found["desk"]["detail"]
    assert found["encoder"]["status"] == "warning", "the rest goes on"


def test_an_unpacked_encoder_is_green(home: Path, tmp_path: Path) -> None:
    (tmp_path / "cache" / "encoder").mkdir(parents=True)
    (tmp_path / "cache" / "encoder" / "manifest.json").write_text("{}", encoding="utf-8")

    assert findings(home)[1]["encoder"]["status"] == "ok"
