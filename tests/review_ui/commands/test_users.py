"""`luruskan users`, as an administrator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main
from indices.settings import load_settings
from review_ui.desk.database import desk_session
from review_ui.desk.users import get_user


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert run(tmp_path, "init").exit_code == 0
    return tmp_path


def run(home: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words], input=typed)


def test_an_account_is_added_with_a_password_that_is_shown_once(home: Path) -> None:
    result = run(home, "users", "add", "Sari@Diskominfo.example", "--role", "redaktur")
    assert result.exit_code == 0, result.output
    assert "sari@diskominfo.example added as redaktur" in result.stdout
    assert result.stdout.count("password: ") == 1
    listed = run(home, "users", "list")
    assert listed.stdout == "sari@diskominfo.example\tredaktur\tactive\n"


def test_a_password_can_come_from_standard_input_and_is_not_shown(home: Path) -> None:
    words = ("users", "add", "a@diskominfo.example", "--role", "admin", "--password-stdin")
    result = run(home, *words, typed="sandi yang cukup panjang\n")
    assert result.exit_code == 0
    assert "sandi yang" not in result.output


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("b@diskominfo.example", "--password-stdin"), "pendek\n", "12"),
        (("bukan alamat",), "", "surel"),
        (("sudah@diskominfo.example",), "", "sudah punya akun"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    home: Path, words: tuple[str, ...], typed: str, said: str
) -> None:
    run(home, "users", "add", "sudah@diskominfo.example", "--role", "admin")
    result = run(home, "users", "add", *words, "--role", "penelaah", typed=typed)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_disabled_account_stays_on_record(home: Path) -> None:
    run(home, "users", "add", "c@diskominfo.example", "--role", "penelaah")
    assert run(home, "users", "disable", "c@diskominfo.example").exit_code == 0
    with desk_session(load_settings(home)) as session:
        assert not get_user(session, "c@diskominfo.example").active
    assert "disabled" in run(home, "users", "list").stdout
    missing = run(home, "users", "disable", "d@diskominfo.example")
    assert missing.exit_code == 1
    assert "no such user" in missing.stderr
